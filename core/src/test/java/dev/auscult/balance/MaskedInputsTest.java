package dev.auscult.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.balance.Masking.ImageMask;
import dev.auscult.balance.Masking.TextMask;
import dev.auscult.balance.Masking.TextPlayers;
import dev.auscult.base.InputException;
import dev.auscult.data.Sample;
import dev.auscult.image.PixelBatch;
import dev.auscult.model.PatchGrid;
import dev.auscult.shapley.Coalition;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MaskedInputsTest {
  private static final ToyDualEncoder ENCODER = new ToyDualEncoder();
  private static final Sample SAMPLE = ToyData.captions(1).samples().get(0);
  private static final PatchGrid PATCHES = new PatchGrid(12, 4);
  private static final PixelBatch PIXELS = ENCODER.imageTransform().apply(SAMPLE.image().read());

  private static MaskableImage image(CellGrid cells, ImageMask mask) {
    return new MaskableImage(PIXELS, PATCHES, cells, mask);
  }

  private static float[] masked(MaskableImage image, Coalition present) {
    float[] values = new float[image.values()];
    image.write(present, values, 0);
    return values;
  }

  @Property(tries = 200)
  void cellsCoverTheImage(
      @ForAll @IntRange(min = 1, max = 400) int size, @ForAll @IntRange(min = 1, max = 40) int p) {
    CellGrid cells = CellGrid.covering(size, Math.min(p, size));

    int[] width = new int[cells.side()];
    for (int x = 0; x < size; x++) {
      width[cells.indexAt(x)]++;
    }

    int least = Arrays.stream(width).min().orElseThrow();
    assertThat(Arrays.stream(width)).allMatch(w -> w == least || w == least + 1);
    assertThat(cells.edge(0)).isZero();
    assertThat(cells.edge(cells.side())).isEqualTo(size);
  }

  @Test
  void cellsOf2023LeaveAMarginThatNobodyMasks() {
    CellGrid cells = CellGrid.withMargin(224, 5);

    assertThat(cells.edge(5)).isEqualTo(220);
    assertThat(cells.indexAt(219)).isEqualTo(4);
    assertThat(cells.indexAt(220)).isEqualTo(-1);
    float[] nobody =
        masked(image(CellGrid.withMargin(12, 5), ImageMask.ZEROS), Coalition.empty(25));
    for (int at = 0; at < nobody.length; at++) {
      boolean margin = at % 12 >= 10 || at / 12 % 12 >= 10;
      assertThat(nobody[at]).isEqualTo(margin ? PIXELS.values()[at] : 0);
    }
  }

  @ParameterizedTest
  @EnumSource(ImageMask.class)
  void showsTheWholeImageWhenEverybodyIsThere(ImageMask mask) {
    MaskableImage image = image(CellGrid.covering(12, 3), mask);

    assertThat(masked(image, Coalition.full(9))).isEqualTo(PIXELS.values());
  }

  @Test
  void showsTheMeanOrTheBlurOfTheImageInPlaceOfTheAbsent() {
    Coalition most = Coalition.of(9, 4).complement();
    for (ImageMask mask : List.of(ImageMask.ZEROS, ImageMask.MEAN, ImageMask.BLUR)) {
      float[] values = masked(image(CellGrid.covering(12, 3), mask), most);
      float[] nobody = masked(image(CellGrid.covering(12, 3), mask), Coalition.empty(9));
      for (int at = 0; at < values.length; at++) {
        boolean absent = at % 12 / 4 == 1 && at / 12 % 12 / 4 == 1;
        assertThat(values[at]).isEqualTo(absent ? nobody[at] : PIXELS.values()[at]);
      }
    }
    float[] mean = masked(image(CellGrid.covering(12, 3), ImageMask.MEAN), Coalition.empty(9));
    for (int channel = 0; channel < 3; channel++) {
      double sum = 0;
      for (int i = 0; i < 144; i++) {
        sum += PIXELS.values()[channel * 144 + i];
      }
      assertThat(mean[channel * 144 + 77]).isCloseTo((float) (sum / 144), within(1e-6f));
    }
  }

  @Test
  void dropsThePatchesOfAbsentCells() {
    MaskableImage native3 = image(CellGrid.covering(12, 3), ImageMask.DROP);
    MaskableImage one = image(CellGrid.covering(12, 1), ImageMask.DROP);

    assertThat(native3.kept(Coalition.of(9, 0, 5))).containsExactly(0, 5);
    assertThat(native3.kept(Coalition.empty(9))).isEmpty();
    assertThat(one.kept(Coalition.full(1))).hasSize(9);
    assertThat(masked(native3, Coalition.empty(9))).as("pixels stay").isEqualTo(PIXELS.values());
    assertThatThrownBy(() -> image(CellGrid.covering(12, 4), ImageMask.DROP))
        .hasMessageContaining("whole patches");
  }

  private static MaskableText text(TextPlayers players, TextMask mask) {
    return ToyInputs.text(ENCODER, SAMPLE, Masking.faithful().with(players).with(mask));
  }

  @ParameterizedTest
  @EnumSource(TextPlayers.class)
  void readsTheWholeTextWhenEverybodyIsThere(TextPlayers players) {
    int[] whole = ENCODER.tokenizer().encode(SAMPLE.text().orElseThrow()).ids();
    for (TextMask mask : TextMask.values()) {
      MaskableText text = text(players, mask);

      assertThat(text.ids(Coalition.full(text.players()))).isEqualTo(whole);
      assertThat(text.hidden(Coalition.full(text.players()))).containsOnly(false);
    }
  }

  @Test
  void replacesAbsentTokensByTheChosenId() {
    for (TextMask mask : List.of(TextMask.TOKENIZER, TextMask.ID_ZERO, TextMask.PADDING)) {
      MaskableText text = text(TextPlayers.REAL_TOKENS, mask);
      int id = mask == TextMask.TOKENIZER ? ToyDualEncoder.MASK : 0;

      int[] ids = text.ids(Coalition.of(text.players(), 1));

      int[] whole = text.ids(Coalition.full(text.players()));
      for (int at = 0; at < ids.length; at++) {
        boolean kept = at == 0 || at == 2 || at == ids.length - 1;
        assertThat(ids[at]).isEqualTo(kept ? whole[at] : id);
      }
    }
  }

  @Test
  void hidesAbsentTokensAndKeepsTheirIds() {
    MaskableText text = text(TextPlayers.REAL_TOKENS, TextMask.DROP);
    Coalition present = Coalition.of(text.players(), 0);

    boolean[] hidden = text.hidden(present);

    assertThat(text.ids(present)).isEqualTo(text.ids(Coalition.full(text.players())));
    for (int at = 0; at < hidden.length; at++) {
      assertThat(hidden[at]).isEqualTo(at > 1 && at < hidden.length - 1);
    }
  }

  @Test
  void specialTokensPlayButNeverLeave() {
    MaskableText text = text(TextPlayers.ALL_IDS, TextMask.ID_ZERO);

    int[] nobody = text.ids(Coalition.empty(text.players()));

    assertThat(text.players()).isEqualTo(nobody.length);
    assertThat(nobody[0]).isEqualTo(ToyDualEncoder.BEGIN);
    assertThat(nobody[nobody.length - 1]).isEqualTo(ToyDualEncoder.END);
    assertThat(Arrays.copyOfRange(nobody, 1, nobody.length - 1)).containsOnly(0);
  }

  @Test
  void textsAreTheSameWhereTheirPassesAre() {
    MaskableText text = text(TextPlayers.REAL_TOKENS, TextMask.TOKENIZER);

    assertThat(text.hash()).isEqualTo(text(TextPlayers.REAL_TOKENS, TextMask.TOKENIZER).hash());
    assertThat(
            List.of(
                text.hash(),
                text(TextPlayers.ALL_IDS, TextMask.TOKENIZER).hash(),
                text(TextPlayers.REAL_TOKENS, TextMask.ID_ZERO).hash(),
                text(TextPlayers.REAL_TOKENS, TextMask.DROP).hash()))
        .doesNotHaveDuplicates();
  }

  @Test
  void knowsImagePlayersByTheirNames() {
    for (String name : List.of("native-grid", "sqrt", "sqrt-2023", "7x7")) {
      assertThat(ImagePlayers.named(name).label()).isEqualTo(name);
    }
    for (String name : List.of("7x8", "0x0", "grid", "99999x99999", "")) {
      assertThatThrownBy(() -> ImagePlayers.named(name))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("--image-players: found \"" + name + "\"");
    }
    assertThat(ImagePlayers.named("sqrt").cells(new PatchGrid(224, 32), 17).side()).isEqualTo(5);
    assertThatThrownBy(() -> ImagePlayers.named("13x13").cells(PATCHES, 4))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("12 x 12 pixels");
  }
}
