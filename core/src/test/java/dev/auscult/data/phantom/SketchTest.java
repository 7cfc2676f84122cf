package dev.auscult.data.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.data.Sample;
import dev.auscult.image.RgbImage;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SketchTest {
  private static SketchDataset sketches(OutcomeRule rule, int n) {
    return new SketchDataset(new SketchConfig(n, new Seed(7), 96, rule));
  }

  @Test
  void drawingAndWordsDoNotDependOnTheRule() {
    SketchDataset first = sketches(new OutcomeRule(.9, 0, 0), 12);
    SketchDataset second = sketches(new OutcomeRule(0, 0, .9), 40);
    for (int index = 0; index < 12; index++) {
      assertThat(second.sketch(index).text()).isEqualTo(first.sketch(index).text());
      assertThat(second.sketch(index).image().toBytes())
          .isEqualTo(first.sketch(index).image().toBytes());
    }
  }

  @Test
  void wordsNameNoPlace() {
    for (Sample sample : sketches(new OutcomeRule(.4, .4, 0), 300).samples()) {
      assertThat(sample.text().orElseThrow().toLowerCase(Locale.ROOT))
          .doesNotContain("chest", "abdomen", "flank", "hand", "knee", "foot");
    }
  }

  @Test
  void thePenMarksThePlaceAndNothingElseHasColour() {
    SketchDataset all = sketches(new OutcomeRule(.4, .4, 0), 30);
    for (int index = 0; index < 30; index++) {
      RgbImage image = all.sketch(index).image();
      RgbImage mask = all.sketch(index).markMask();
      int marked = 0;
      for (int y = 0; y < 96; y++) {
        for (int x = 0; x < 96; x++) {
          boolean coloured = Math.abs(image.sample(x, y, 0) - image.sample(x, y, 1)) > 30;
          boolean inside = mask.sample(x, y, 0) == 255;
          marked += inside ? 1 : 0;
          assertThat(coloured && !inside && !nearMask(mask, x, y)).isFalse();
        }
      }
      assertThat(marked).isBetween(25, 400);
    }
  }

  private static boolean nearMask(RgbImage mask, int x, int y) {
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        int column = Math.max(0, Math.min(95, x + dx));
        int row = Math.max(0, Math.min(95, y + dy));
        if (mask.sample(column, row, 0) == 255) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void aPersonHasOneOrTwoSketches() {
    List<String> patients =
        sketches(new OutcomeRule(.4, .4, 0), 9).samples().stream()
            .map(sample -> sample.patient().orElseThrow())
            .toList();

    assertThat(patients.stream().distinct()).hasSize(6);
    assertThat(patients.get(1)).isEqualTo(patients.get(2)).isNotEqualTo(patients.get(0));
  }

  @Test
  void optionsChooseNumberSeedAndShares() {
    Dataset data = Datasets.open("sketches:n=20,seed=3,both=0.8");

    assertThat(data.samples()).hasSize(20);
    assertThat(((SketchDataset) data).config())
        .isEqualTo(
            new SketchConfig(
                20, new Seed(3), SketchConfig.DEFAULT_SIZE, new OutcomeRule(0, 0, .8)));
    assertThat(data.hash()).isEqualTo(Datasets.open("sketches:both=0.8,n=20,seed=3").hash());
    assertThat(data.hash()).isNotEqualTo(Datasets.open("sketches:both=0.7,n=20,seed=3").hash());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"n=0", "n=many", "drawing=2", "text=-1", "both=NaN", "size=9", "colour=1"})
  void impossibleOptionsAreRefused(String options) {
    assertThatThrownBy(() -> Datasets.open("sketches:" + options))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(options);
  }
}
