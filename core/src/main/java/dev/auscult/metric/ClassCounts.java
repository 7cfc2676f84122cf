package dev.auscult.metric;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Right and wrong calls of one class against all others. Shares of nothing are {@code NaN}.
 *
 * @param truePositives rightly called
 * @param falsePositives wrongly called
 * @param falseNegatives wrongly not called
 * @param trueNegatives rightly not called
 */
public record ClassCounts(
    long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {

  /** Checks that no count is negative. */
  public ClassCounts {
    if (Math.min(Math.min(truePositives, falsePositives), Math.min(falseNegatives, trueNegatives))
        < 0) {
      throw new IllegalArgumentException(
          "counts %d, %d, %d, %d"
              .formatted(truePositives, falsePositives, falseNegatives, trueNegatives));
    }
  }

  /** Those that are of the class. */
  public long positives() {
    return truePositives + falseNegatives;
  }

  /** Those that are not. */
  public long negatives() {
    return trueNegatives + falsePositives;
  }

  /** All of them. */
  public long total() {
    return positives() + negatives();
  }

  /** Sensitivity, recall, true positive rate. */
  public double sensitivity() {
    return share(truePositives, positives());
  }

  /** True negative rate. */
  public double specificity() {
    return share(trueNegatives, negatives());
  }

  /** One minus the specificity. */
  public double falsePositiveRate() {
    return share(falsePositives, negatives());
  }

  /** Precision, positive predictive value. */
  public double precision() {
    return share(truePositives, truePositives + falsePositives);
  }

  /** Negative predictive value. */
  public double negativePredictiveValue() {
    return share(trueNegatives, trueNegatives + falseNegatives);
  }

  /** Harmonic mean of precision and sensitivity; 0 if all calls are wrong. */
  public double f1() {
    return share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
  }

  /** The share called. */
  public double selectionRate() {
    return share(truePositives + falsePositives, total());
  }

  /** The share called rightly, either way. */
  public double accuracy() {
    return share(truePositives + trueNegatives, total());
  }

  /** Sensitivity plus specificity minus one (Youden 1950). */
  public double youden() {
    return sensitivity() + specificity() - 1;
  }

  /**
   * Net benefit per observation of acting on the calls (Vickers and Elkin 2006): {@code TP/n - FP/n
   * * t/(1 - t)}.
   *
   * @param threshold t, the probability at which acting and waiting are worth the same
   */
  public double netBenefit(double threshold) {
    return share(truePositives, total())
        - share(falsePositives, total()) * threshold / (1 - threshold);
  }

  /**
   * Sensitivity averaged over the classes that occur in truth or calls (scikit-learn's macro
   * recall): 0 for one that is only called.
   */
  public static double macroRecall(List<ClassCounts> classes) {
    return macro(classes, one -> one.positives() == 0 ? 0 : one.sensitivity());
  }

  /** F1 averaged over the classes that occur in truth or calls (scikit-learn's macro F1). */
  public static double macroF1(List<ClassCounts> classes) {
    return macro(classes, ClassCounts::f1);
  }

  private static double macro(List<ClassCounts> classes, ToDoubleFunction<ClassCounts> figure) {
    return classes.stream()
        .filter(one -> one.positives() > 0 || one.falsePositives() > 0)
        .mapToDouble(figure)
        .average()
        .orElse(Double.NaN);
  }

  private static double share(long part, long of) {
    return of == 0 ? Double.NaN : (double) part / of;
  }
}
