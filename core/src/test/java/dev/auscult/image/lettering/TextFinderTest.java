package dev.auscult.image.lettering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.Seed;
import dev.auscult.data.phantom.Phantom;
import dev.auscult.data.phantom.PhantomConfig;
import dev.auscult.data.phantom.PhantomDataset;
import dev.auscult.image.RgbImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextFinderTest {
  private static final PhantomDataset PHANTOMS =
      new PhantomDataset(PhantomConfig.of(26, new Seed(77_001)).withSize(256));

  @ParameterizedTest
  @EnumSource(Typeface.class)
  void wordsInABoxAreFoundWhereTheyStand(Typeface face) {
    for (Corner corner : Corner.values()) {
      TextMark mark = new TextMark("PORTABLE", face, 0.08, corner, Contrast.WHITE_ON_BLACK);
      Phantom phantom = PHANTOMS.phantom(3);
      Box box = mark.box(256, 256);
      List<FoundText> found = TextFinder.in(mark.burn(phantom.image()));

      assertThat(found).as("%s %s", face, corner).isNotEmpty();
      assertThat(found.get(0).box().overlap(box)).isGreaterThan(found.get(0).box().area() / 2);
    }
  }

  @ParameterizedTest
  @EnumSource(Typeface.class)
  void aClearTextIsCoveredWithItsMargin(Typeface face) {
    double covered = 0;
    for (Corner corner : Corner.values()) {
      TextMark mark = new TextMark("ERECT AP", face, 0.08, corner, Contrast.WHITE);
      List<Box> found =
          TextFinder.in(mark.burn(PHANTOMS.phantom(5).image())).stream()
              .map(FoundText::box)
              .toList();
      covered += mark.box(256, 256).coveredBy(found) / Corner.values().length;
    }

    assertThat(covered).isGreaterThan(0.7);
  }

  @ParameterizedTest
  @EnumSource(Corner.class)
  void aSideMarkerAloneIsFound(Corner corner) {
    TextMark mark = new TextMark("R", Typeface.PEN, 0.08, corner, Contrast.WHITE_ON_BLACK);

    assertThat(TextFinder.in(mark.burn(PHANTOMS.phantom(3).image())))
        .anyMatch(found -> 2 * found.box().overlap(mark.box(256, 256)) > found.box().area());
  }

  @Test
  void fewPhantomsWithoutTextAreTakenForSomeWith() {
    long alarms = 0;
    for (int i = 0; i < 26; i++) {
      alarms += TextFinder.in(PHANTOMS.phantom(i).image()).isEmpty() ? 0 : 1;
    }

    assertThat(alarms).isLessThanOrEqualTo(5);
  }

  @Test
  void anEmptyImageHasNoText() {
    assertThat(TextFinder.candidates(new RgbImage(40, 30, new byte[3600]))).isEmpty();
    assertThat(TextFinder.candidates(new RgbImage(1, 1, new byte[3]))).isEmpty();
  }

  @Test
  void boxesAreInPixelsOfTheImageAlsoWhereItIsLarge() {
    byte[] rgb = new byte[3 * 2600 * 2600];
    Arrays.fill(rgb, (byte) 60);
    TextMark mark =
        new TextMark("HOSPITAL", Typeface.PEN, 0.04, Corner.BOTTOM_RIGHT, Contrast.WHITE);
    List<FoundText> found = TextFinder.in(mark.burn(new RgbImage(2600, 2600, rgb)));

    assertThat(found).hasSize(1);
    assertThat(mark.box(2600, 2600).grown(20, 2600, 2600).overlap(found.get(0).box()))
        .isEqualTo(found.get(0).box().area());
    assertThat(mark.box(2600, 2600).coveredBy(List.of(found.get(0).box()))).isGreaterThan(0.8);
  }

  @Test
  void aMaskedImageHasNoTextLeftAndIsTheSameElsewhere() {
    RgbImage image = PHANTOMS.phantom(3).image();
    TextMark mark =
        new TextMark("PORTABLE", Typeface.BOLD, 0.08, Corner.TOP_LEFT, Contrast.WHITE_ON_BLACK);
    RgbImage masked = TextMask.cover(mark.burn(image));

    assertThat(TextFinder.in(masked)).isEmpty();
    assertThat(masked.sample(128, 200, 0)).isEqualTo(image.sample(128, 200, 0));
  }

  @Test
  void aMaskTakesTheColourAround() {
    byte[] rgb = new byte[3 * 64 * 64];
    Arrays.fill(rgb, (byte) 90);
    RgbImage masked =
        TextMask.cover(
            new RgbImage(64, 64, rgb), List.of(new FoundText(new Box(10, 10, 20, 8), 0.9)));

    assertThat(masked.toBytes()).containsOnly((byte) 90);
  }
}
