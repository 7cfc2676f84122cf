package dev.auscult.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.LabelMode;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Estimate;
import dev.auscult.tensor.FloatMatrix;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassFiguresTest {

  /** y = 012012 called 021001: recall 1/3, F1 .2667 (scikit-learn). */
  @Test
  void exclusiveLabelsAsScikitLearn() {
    Map<String, Estimate> figures =
        figures(
            LabelMode.EXCLUSIVE,
            List.of(List.of(0), List.of(1), List.of(2), List.of(0), List.of(1), List.of(2)),
            new float[] {5, 0, 0, 0, 0, 5, 0, 5, 0, 5, 0, 0, 5, 0, 0, 0, 5, 0},
            3);

    assertThat(value(figures, "accuracy")).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(value(figures, "macro_recall")).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(value(figures, "balanced_accuracy")).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(value(figures, "macro_f1")).isCloseTo(.26666666666, within(1e-9));
  }

  @Test
  void severalLabelsByClass() {
    Map<String, Estimate> figures =
        figures(
            LabelMode.MULTIPLE,
            List.of(List.of(), List.of(1), List.of(0, 1), List.of(0)),
            new float[] {-2, -1, 1, 1, 2, -3, -.5f, -2},
            2);

    // class 0: called 0110 of 0011; class 1: called 0100 of 0110
    assertThat(value(figures, "accuracy")).isCloseTo((.5 + .75) / 2, within(1e-12));
    assertThat(value(figures, "macro_recall")).isCloseTo((.5 + .5) / 2, within(1e-12));
    assertThat(value(figures, "macro_f1")).isCloseTo((.5 + 2 / 3.0) / 2, within(1e-12));
    // class 0 ranks 2, 1, -.5, -2 against 1, 0, 1, 0: 3 of 4 pairs; class 1: 1, -1, -2, -3: 1, 0,
    // 0, 1
    assertThat(value(figures, "auroc")).isCloseTo((.75 + .5) / 2, within(1e-12));
  }

  private static double value(Map<String, Estimate> figures, String name) {
    return figures.getOrDefault(name, Estimate.undefined()).value();
  }

  private static Map<String, Estimate> figures(
      LabelMode mode, List<List<Integer>> labels, float[] scores, int classes) {
    LabelledFeatures samples = Fixture.features(Toy.unit(labels.size(), 3, 1), labels, "sample");
    ClassPredictions predictions =
        new ClassPredictions(
            samples,
            List.of("a", "b", "c").subList(0, classes),
            mode,
            new FloatMatrix(labels.size(), classes, scores),
            labels);
    return ClassFigures.of(predictions, Bootstrap.bca(new Seed(1)), 2, Progress.NONE);
  }
}
