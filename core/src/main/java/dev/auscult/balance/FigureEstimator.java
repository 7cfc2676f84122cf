package dev.auscult.balance;

import dev.auscult.balance.ExplanationQuality.Figure;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Estimate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Means and medians over the samples where a figure is defined.
 *
 * @param bootstrap of the intervals
 */
record FigureEstimator(Bootstrap bootstrap) {

  /**
   * A plain mean.
   *
   * @param values one per sample, {@code NaN} where undefined
   * @param clusters whom each sample belongs to
   */
  Figure mean(double[] values, List<String> clusters) {
    int[] defined = defined(values);
    double[] chosen = pick(values, defined);
    return new Figure(bootstrap.mean(chosen, clusters(clusters, defined)), median(chosen));
  }

  /** A mean in which samples count by their weight, beside the median in which they do not. */
  Figure weightedMean(double[] values, double[] weights, List<String> clusters) {
    int[] defined = defined(values);
    if (defined.length == 0) {
      return new Figure(Estimate.undefined(), Double.NaN);
    }
    double[] chosen = pick(values, defined);
    double[] their = pick(weights, defined);
    Estimate mean =
        bootstrap.of(clusters(clusters, defined), picked -> weighted(chosen, their, picked));
    return new Figure(mean, median(chosen));
  }

  private static double weighted(double[] values, double[] weights, int[] picked) {
    double sum = 0;
    double total = 0;
    for (int i : picked) {
      sum += weights[i] * values[i];
      total += weights[i];
    }
    return sum / total;
  }

  /** The square root of the mean square. */
  static double rootMeanSquare(double[] values) {
    double[] chosen = pick(values, defined(values));
    return Math.sqrt(Arrays.stream(chosen).map(v -> v * v).sum() / chosen.length);
  }

  private static int[] defined(double[] values) {
    return IntStream.range(0, values.length).filter(i -> Double.isFinite(values[i])).toArray();
  }

  private static double[] pick(double[] values, int[] chosen) {
    return Arrays.stream(chosen).mapToDouble(i -> values[i]).toArray();
  }

  private static Clusters clusters(List<String> clusters, int[] chosen) {
    return Clusters.of(Arrays.stream(chosen).mapToObj(clusters::get).toList());
  }

  private static double median(double[] values) {
    double[] ascending = Arrays.stream(values).sorted().toArray();
    int n = ascending.length;
    return n == 0 ? Double.NaN : (ascending[(n - 1) / 2] + ascending[n / 2]) / 2;
  }
}
