package dev.auscult.metric;

import dev.auscult.base.Seed;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Confidence intervals by resampling clusters (patients) with replacement.
 *
 * @param kind how the interval follows from the resampled figures
 * @param resamples how often is resampled
 * @param level e.g. 0.95
 * @param seed of the resampling
 */
public record Bootstrap(Kind kind, int resamples, double level, Seed seed) {
  /** How an interval follows from the resampled figures. */
  public enum Kind {
    /** Their quantiles (Efron 1979). */
    PERCENTILE,
    /** Quantiles corrected for bias and acceleration (Efron 1987), BCa. */
    BCA
  }

  /** Checks the numbers. */
  public Bootstrap {
    if (resamples < 100 || !(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "%d resamples at level %s; at least 100 are needed".formatted(resamples, level));
    }
  }

  /** BCa at 95% with 2,000 resamples. */
  public static Bootstrap bca(Seed seed) {
    return new Bootstrap(Kind.BCA, 2000, 0.95, seed);
  }

  /**
   * The mean of values with its interval; undefined ends with fewer than 2 clusters.
   *
   * @param values one per observation
   */
  public Estimate mean(double[] values, Clusters clusters) {
    if (values.length != clusters.observations()) {
      throw new IllegalArgumentException(
          "%d values, %d observations".formatted(values.length, clusters.observations()));
    }
    if (values.length == 0) {
      return Estimate.undefined();
    }
    double[] sums = clusters.sums(values);
    Estimate mean =
        figure(
            clusters, chosen -> mean(sums, clusters, chosen), () -> leftOutMeans(sums, clusters));
    return new Estimate(
        Moments.mean(values), Moments.sd(values), mean.lo(), mean.hi(), values.length);
  }

  /**
   * The share of observations that have a property, with its interval. Where all or none have it,
   * resampling knows no uncertainty; then the ends are those of Clopper and Pearson (1934) for as
   * many independent observations as there are clusters.
   *
   * @param values 1 where an observation has it, else 0
   */
  public Estimate share(double[] values, Clusters clusters) {
    Estimate share = mean(values, clusters);
    if (!(share.value() == 0 || share.value() == 1) || clusters.count() < 2) {
      return share;
    }
    double end = Math.pow((1 - level) / 2, 1.0 / clusters.count());
    return share.value() == 0
        ? new Estimate(0, share.sd(), 0, 1 - end, share.n())
        : new Estimate(1, share.sd(), end, 1, share.n());
  }

  private static double mean(double[] sums, Clusters clusters, int[] chosen) {
    double sum = 0;
    int count = 0;
    for (int cluster : chosen) {
      sum += sums[cluster];
      count += clusters.members(cluster).length;
    }
    return sum / count;
  }

  private static double[] leftOutMeans(double[] sums, Clusters clusters) {
    double all = Arrays.stream(sums).sum();
    double[] means = new double[sums.length];
    for (int out = 0; out < means.length; out++) {
      means[out] = (all - sums[out]) / (clusters.observations() - clusters.members(out).length);
    }
    return means;
  }

  /**
   * Any figure with its interval.
   *
   * @param figure computes the figure from the observations it is given, some of them repeatedly
   */
  public Estimate of(Clusters clusters, ToDoubleFunction<int[]> figure) {
    ToDoubleFunction<int[]> ofClusters =
        chosen -> figure.applyAsDouble(observations(clusters, chosen));
    return figure(clusters, ofClusters, () -> leftOut(clusters.count(), ofClusters));
  }

  private static int[] observations(Clusters clusters, int[] chosen) {
    return Arrays.stream(chosen).flatMap(c -> Arrays.stream(clusters.members(c))).toArray();
  }

  private Estimate figure(
      Clusters clusters, ToDoubleFunction<int[]> ofClusters, Supplier<double[]> leftOut) {
    int count = clusters.count();
    int[] everybody = new int[count];
    Arrays.setAll(everybody, c -> c);
    double value = ofClusters.applyAsDouble(everybody);
    if (count < 2 || Double.isNaN(value)) {
      return new Estimate(value, Double.NaN, Double.NaN, Double.NaN, clusters.observations());
    }
    double[] resampled = resample(count, ofClusters);
    if (resampled.length == 0) {
      return new Estimate(value, Double.NaN, Double.NaN, Double.NaN, clusters.observations());
    }
    return interval(value, resampled, leftOut, clusters.observations());
  }

  /**
   * The interval that follows from resampled figures.
   *
   * @param resampled in ascending order, none undefined, at least one
   * @param leftOut the figures that leave out one cluster or block each
   */
  Estimate interval(double value, double[] resampled, Supplier<double[]> leftOut, int n) {
    double tail = (1 - level) / 2;
    if (kind == Kind.PERCENTILE) {
      return new Estimate(
          value,
          Double.NaN,
          BcaQuantiles.quantile(resampled, tail),
          BcaQuantiles.quantile(resampled, 1 - tail),
          n);
    }
    BcaQuantiles quantiles = BcaQuantiles.of(value, resampled, leftOut.get());
    return new Estimate(value, Double.NaN, quantiles.at(tail), quantiles.at(1 - tail), n);
  }

  /** The resampled figures in ascending order, undefined ones left out. */
  private double[] resample(int count, ToDoubleFunction<int[]> ofClusters) {
    double[] figures = new double[resamples];
    int[] chosen = new int[count];
    SplittableRandom random = seed.random();
    for (int r = 0; r < resamples; r++) {
      for (int c = 0; c < count; c++) {
        chosen[c] = random.nextInt(count);
      }
      figures[r] = ofClusters.applyAsDouble(chosen);
    }
    return Arrays.stream(figures).filter(figure -> !Double.isNaN(figure)).sorted().toArray();
  }

  /** The figure of all clusters but one, for each of them. */
  private static double[] leftOut(int count, ToDoubleFunction<int[]> ofClusters) {
    double[] left = new double[count];
    int[] others = new int[count - 1];
    Arrays.setAll(others, c -> c);
    for (int out = count - 1; out >= 0; out--) {
      left[out] = ofClusters.applyAsDouble(others);
      if (out > 0) {
        others[out - 1] = out;
      }
    }
    return left;
  }
}
