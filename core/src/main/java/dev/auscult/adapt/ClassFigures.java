package dev.auscult.adapt;

import dev.auscult.base.Progress;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.Multiplicities;
import dev.auscult.metric.ResampledFigures;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The figures of SCALE's evaluation (section 2.3.2) with intervals by patient: accuracy, balanced
 * accuracy, macro recall, macro F1 and mean AUROC over classes, each as {@link ClassOutcomes}
 * defines it.
 */
public final class ClassFigures {
  private static final List<String> NAMES =
      List.of("accuracy", "balanced_accuracy", "macro_recall", "macro_f1", "auroc");

  private ClassFigures() {}

  /** The names of the figures, in order. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * All figures with their intervals.
   *
   * @param threads how many to use; the result does not depend on it
   */
  public static Map<String, Estimate> of(
      ClassPredictions predictions, Bootstrap bootstrap, int threads, Progress progress) {
    List<Integer> cluster = numbers(predictions.samples().groups());
    ClassOutcomes outcomes = new ClassOutcomes(predictions, cluster);
    int patients = (int) cluster.stream().distinct().count();
    ResampledFigures resampled =
        ResampledFigures.of(
            bootstrap, patients, threads, progress, weights -> figures(outcomes, weights));
    Map<String, Estimate> estimates = new LinkedHashMap<>();
    for (int k = 0; k < NAMES.size(); k++) {
      int index = k;
      estimates.put(
          NAMES.get(k), resampled.estimate(values -> values[index], predictions.samples().size()));
    }
    return estimates;
  }

  private static List<Integer> numbers(List<String> groups) {
    Map<String, Integer> numbers = new HashMap<>();
    groups.forEach(group -> numbers.putIfAbsent(group, numbers.size()));
    return groups.stream().map(group -> Objects.requireNonNull(numbers.get(group))).toList();
  }

  private static double[] figures(ClassOutcomes outcomes, Multiplicities weights) {
    return new double[] {
      outcomes.accuracy(weights),
      outcomes.balancedAccuracy(weights),
      outcomes.macroRecall(weights),
      outcomes.macroF1(weights),
      outcomes.meanAuroc(weights)
    };
  }
}
