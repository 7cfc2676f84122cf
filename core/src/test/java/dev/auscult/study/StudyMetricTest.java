package dev.auscult.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.adapt.ClassOutcomes;
import dev.auscult.data.LabelMode;
import dev.auscult.metric.Multiplicities;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Figures of a study on cases that can be counted by hand. */
class StudyMetricTest {
  private static final List<Integer> APART = List.of(0, 1, 2, 3);

  private static double of(ClassOutcomes outcomes, StudyMetric metric) {
    return metric.of(outcomes, Multiplicities.once(4));
  }

  /** Truth a, a, b, c; called a, b, b, b. */
  @Test
  void exclusiveLabelsAreCountedBySample() {
    ClassOutcomes exclusive =
        new ClassOutcomes(
            Toys.predictions(
                List.of("a", "b", "c"),
                LabelMode.EXCLUSIVE,
                List.of(List.of(0), List.of(0), List.of(1), List.of(2)),
                new float[] {3, 1, 0, 1, 2, 0, 0, 4, 1, 0, 2, 1}),
            APART);

    assertThat(of(exclusive, StudyMetric.ACCURACY)).isEqualTo(0.5);
    assertThat(of(exclusive, StudyMetric.MACRO_RECALL)).isCloseTo((0.5 + 1 + 0) / 3, within(1e-12));
    assertThat(of(exclusive, StudyMetric.MACRO_F1))
        .isCloseTo((2.0 / 3 + 0.5 + 0) / 3, within(1e-12));
  }

  /** Of two labels a is found in one of two, b in both of two and called once too often. */
  @Test
  void severalLabelsAreCountedByClass() {
    ClassOutcomes multiple =
        new ClassOutcomes(
            Toys.predictions(
                List.of("a", "b"),
                LabelMode.MULTIPLE,
                List.of(List.of(0), List.of(0, 1), List.of(1), List.of()),
                new float[] {1, -2, -1, 3, -3, 2, -4, 1}),
            APART);

    assertThat(of(multiple, StudyMetric.ACCURACY)).isEqualTo((0.75 + 0.75) / 2);
    assertThat(of(multiple, StudyMetric.MACRO_RECALL)).isEqualTo((0.5 + 1) / 2);
    assertThat(of(multiple, StudyMetric.MACRO_F1)).isCloseTo((2.0 / 3 + 0.8) / 2, within(1e-12));
    assertThat(of(multiple, StudyMetric.AUROC)).isEqualTo(1.0);
  }

  @Test
  void aClassThatTheTestSetLacksCountsWhereItIsCalled() {
    ClassOutcomes lacking =
        new ClassOutcomes(
            Toys.predictions(
                List.of("a", "b"),
                LabelMode.MULTIPLE,
                List.of(List.of(0), List.of(), List.of(0), List.of()),
                new float[] {1, 1, -1, -1, 1, -1, -1, -1}),
            APART);

    assertThat(of(lacking, StudyMetric.MACRO_F1)).isEqualTo(0.5);
    assertThat(of(lacking, StudyMetric.MACRO_RECALL)).isEqualTo(0.5);
    assertThat(of(lacking, StudyMetric.AUROC)).isEqualTo(1.0);
  }
}
