package dev.auscult.metric;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** How far two figures of the same observations have the same order. */
public final class RankCorrelation {
  private RankCorrelation() {}

  /**
   * Spearman's rank correlation, ties by their mean rank; {@code NaN} with fewer than 2
   * observations or where one of the figures is constant.
   *
   * @throws IllegalArgumentException if the lengths differ or a value is not a number
   */
  public static double spearman(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException("%d values and %d".formatted(x.length, y.length));
    }
    return pearson(ranks(x), ranks(y));
  }

  /** Ranks from 1; equal values share the mean of theirs. */
  static double[] ranks(double[] values) {
    List<Integer> ascending =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .toList();
    double[] ranks = new double[values.length];
    for (int from = 0; from < ascending.size(); ) {
      double value = values[ascending.get(from)];
      if (Double.isNaN(value)) {
        throw new IllegalArgumentException("the rank of a value that is not a number");
      }
      int to = from + 1;
      while (to < ascending.size() && values[ascending.get(to)] == value) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[ascending.get(i)] = (from + to + 1) / 2.0;
      }
      from = to;
    }
    return ranks;
  }

  private static double pearson(double[] x, double[] y) {
    double meanX = Moments.mean(x);
    double meanY = Moments.mean(y);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Double.NaN;
  }
}
