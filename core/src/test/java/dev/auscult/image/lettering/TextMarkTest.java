package dev.auscult.image.lettering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import dev.auscult.data.phantom.OverlayMode;
import dev.auscult.data.phantom.Phantom;
import dev.auscult.data.phantom.PhantomConfig;
import dev.auscult.data.phantom.PhantomDataset;
import dev.auscult.image.RgbImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextMarkTest {
  private static RgbImage gray(int width, int height, int level) {
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) level);
    return new RgbImage(width, height, rgb);
  }

  private static TextMark mark(String text, double size, Corner corner, Contrast contrast) {
    return new TextMark(text, Typeface.DOTS, size, corner, contrast);
  }

  @Test
  void theBasicTextHasThePixelsThatPhantomsWereTrainedWith() {
    PhantomConfig config = PhantomConfig.of(8, new Seed(3));
    PhantomDataset plain = new PhantomDataset(config);
    PhantomDataset labelled = new PhantomDataset(config.withOverlay(OverlayMode.TRUE_LABEL));
    for (int i = 0; i < 8; i++) {
      Phantom phantom = labelled.phantom(i);
      String text = phantom.overlayText().orElseThrow();
      RgbImage expected = phantom.image();
      Corner corner =
          phantom.overlayMask().sample(4, 3, 0) > 0 ? Corner.TOP_LEFT : Corner.TOP_RIGHT;
      RgbImage burned =
          mark(text, 0.11, corner, Contrast.WHITE_ON_BLACK).burn(plain.phantom(i).image());

      assertThat(Arrays.equals(burned.toBytes(), expected.toBytes())).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Corner.class)
  void everyTextStandsInItsCornerOfTheCentralSquare(Corner corner) {
    Box box = mark("ABC", 0.1, corner, Contrast.WHITE).box(300, 100);

    assertThat(box.left()).isBetween(100, 200);
    assertThat(box.left() > 150).isEqualTo(corner.isRight());
    assertThat(box.right()).isLessThan(200);
    assertThat(box.top() > 50).isEqualTo(corner.isBottom());
    assertThat(box.bottom()).isLessThan(100);
  }

  @Test
  void onlyTheBoxChanges() {
    RgbImage image = gray(128, 128, 100);
    for (Contrast contrast : Contrast.values()) {
      for (Typeface face : Typeface.values()) {
        TextMark mark = new TextMark("R2", face, 0.12, Corner.BOTTOM_LEFT, contrast);
        Box box = mark.box(128, 128);
        RgbImage burned = mark.burn(image);
        int changed = 0;
        for (int y = 0; y < 128; y++) {
          for (int x = 0; x < 128; x++) {
            boolean inside = new Box(x, y, 1, 1).overlap(box) > 0;
            changed += burned.sample(x, y, 0) != 100 ? 1 : 0;
            assertThat(inside || burned.sample(x, y, 1) == 100).isTrue();
          }
        }
        assertThat(changed).as("%s %s", contrast, face).isPositive();
      }
    }
  }

  @Test
  void aBlankWithoutBoxHoldsAsMuchLightAsItsText() {
    RgbImage image = gray(200, 200, 40);
    for (Typeface face : Typeface.values()) {
      TextMark mark = new TextMark("EFFUSION", face, 0.06, Corner.TOP_LEFT, Contrast.WHITE);

      assertThat(mean(mark.blank(image))).isCloseTo(mean(mark.burn(image)), within(0.05));
    }
  }

  private static double mean(RgbImage image) {
    double sum = 0;
    byte[] bytes = image.toBytes();
    for (byte level : bytes) {
      sum += level & 0xff;
    }
    return sum / bytes.length;
  }

  @Test
  void blanksOfTextsOfOneShapeAreTheSame() {
    RgbImage image = gray(128, 128, 60);
    TextMark first = mark("ABC", 0.11, Corner.TOP_LEFT, Contrast.WHITE_ON_BLACK);
    TextMark second = mark("XYZ", 0.11, Corner.TOP_LEFT, Contrast.WHITE_ON_BLACK);

    assertThat(first.blank(image).toBytes()).isEqualTo(second.blank(image).toBytes());
    assertThat(first.shape()).isEqualTo(second.shape());
    assertThat(first.burn(image).toBytes()).isNotEqualTo(second.burn(image).toBytes());
  }

  @Test
  void aLongTextIsBrokenIntoLinesAndMadeSmallerUntilItFits() {
    TextMark mark =
        mark("pleural effusion left costophrenic angle", 0.11, Corner.TOP_RIGHT, Contrast.WHITE);
    Box box = mark.box(128, 128);

    assertThat(box.width()).isLessThanOrEqualTo(126);
    assertThat(box.height()).isBetween(9, 64);
  }

  @Test
  void whatCannotBeDrawnIsRefused() {
    assertThatThrownBy(() -> mark("胸", 0.1, Corner.TOP_LEFT, Contrast.WHITE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("built-in font");
    assertThatThrownBy(() -> mark(" ", 0.1, Corner.TOP_LEFT, Contrast.WHITE))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> mark("A", 0, Corner.TOP_LEFT, Contrast.WHITE))
        .isInstanceOf(InputException.class);
    TextMark longWord = mark("A".repeat(20), 0.1, Corner.TOP_LEFT, Contrast.WHITE);
    assertThatThrownBy(() -> longWord.box(64, 64))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("64 x 64");
  }

  @Test
  void accentsAndCaseAreNoMatter() {
    assertThat(mark("pneumonía_ À", 0.1, Corner.TOP_LEFT, Contrast.WHITE).text())
        .isEqualTo("PNEUMONIA A");
  }
}
