package dev.auscult.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.adapt.ClassOutcomes;
import dev.auscult.adapt.ClassPredictions;
import dev.auscult.data.LabelMode;
import dev.auscult.metric.Multiplicities;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CallThresholdTest {

  @Test
  void separableScoresArePartedInTheMiddle() {
    ClassPredictions predictions =
        Toys.predictions(
            List.of("a", "b"),
            LabelMode.MULTIPLE,
            List.of(List.of(0), List.of(1), List.of(0, 1)),
            new float[] {5, 1, 2, 6, 7, 4});

    assertThat(CallThreshold.best(predictions)).isEqualTo(3f);
  }

  @Test
  void withoutAnyFindingEvenOddsStay() {
    ClassPredictions nothing =
        Toys.predictions(List.of("a"), LabelMode.MULTIPLE, List.of(List.of()), new float[] {3});

    assertThat(CallThreshold.best(nothing)).isZero();
  }

  /** No threshold between any two scores has a higher macro F1. */
  @Property(tries = 100)
  void noOtherThresholdIsBetter(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 12) int n,
      @ForAll @IntRange(min = 1, max = 4) int classes) {
    ClassPredictions predictions = random(new Random(seed), n, classes);
    if (predictions.labels().stream().allMatch(List::isEmpty)) {
      return;
    }
    double most = 0;
    for (float threshold = -3.5f; threshold <= 3.5f; threshold += 0.5f) {
      most = Math.max(most, f1(predictions, threshold));
    }

    assertThat(f1(predictions, CallThreshold.best(predictions))).isCloseTo(most, within(1e-12));
  }

  private static ClassPredictions random(Random random, int n, int classes) {
    List<List<Integer>> labels = new ArrayList<>();
    List<String> names = new ArrayList<>();
    float[] scores = new float[n * classes];
    for (int c = 0; c < classes; c++) {
      names.add("c" + c);
    }
    for (int i = 0; i < n; i++) {
      List<Integer> own = new ArrayList<>();
      for (int c = 0; c < classes; c++) {
        scores[i * classes + c] = random.nextInt(7) - 3;
        if (random.nextInt(3) == 0) {
          own.add(c);
        }
      }
      labels.add(own);
    }
    return Toys.predictions(names, LabelMode.MULTIPLE, labels, scores);
  }

  private static double f1(ClassPredictions predictions, float threshold) {
    ClassPredictions shifted =
        new ClassPredictions(
            predictions.samples(),
            predictions.names(),
            predictions.mode(),
            CallThreshold.above(predictions.scores(), threshold),
            predictions.labels());
    List<Integer> cluster = IntStream.range(0, predictions.samples().size()).boxed().toList();
    return new ClassOutcomes(shifted, cluster).macroF1(Multiplicities.once(cluster.size()));
  }
}
