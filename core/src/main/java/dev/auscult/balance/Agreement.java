package dev.auscult.balance;

import dev.auscult.metric.RankCorrelation;
import java.util.Arrays;
import java.util.List;

/** How far two estimates rank players alike. */
final class Agreement {
  private Agreement() {}

  /**
   * Spearman's rank correlation; {@code NaN} with fewer than 2 players, where one of the estimates
   * is constant, or where a model computes no number.
   */
  static double of(List<Double> first, List<Double> second) {
    double[] a = first.stream().mapToDouble(Double::doubleValue).toArray();
    double[] b = second.stream().mapToDouble(Double::doubleValue).toArray();
    return Arrays.stream(a).allMatch(Double::isFinite)
            && Arrays.stream(b).allMatch(Double::isFinite)
        ? RankCorrelation.spearman(a, b)
        : Double.NaN;
  }
}
