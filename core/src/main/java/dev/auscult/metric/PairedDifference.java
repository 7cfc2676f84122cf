package dev.auscult.metric;

import dev.auscult.base.Seed;
import java.util.SplittableRandom;

/**
 * How much one figure exceeds another on the same observations.
 *
 * @param difference mean of first minus second with its interval, resampled by patient
 * @param p two-sided p-value of no difference: the share of all ways to exchange first and second
 *     within whole patients that give a difference as large (Fisher's randomisation test); {@code
 *     NaN} of nothing
 */
public record PairedDifference(Estimate difference, double p) {
  /** Up to this many patients every way is taken: 65,536 of them. */
  private static final int ENUMERATED = 16;

  /** How many ways are drawn at random where there are more. */
  private static final int DRAWN = 20_000;

  /** Two differences this close, relative to their size, are one that rounding parted. */
  private static final double ROUNDING = 1e-12;

  /**
   * Compares two figures.
   *
   * @param first one value per observation
   * @param second the other values in the same order
   * @param clusters which observations are of one patient
   * @param bootstrap how the interval is found; its seed also draws the exchanges
   */
  public static PairedDifference of(
      double[] first, double[] second, Clusters clusters, Bootstrap bootstrap) {
    if (first.length != second.length) {
      throw new IllegalArgumentException("%d values and %d".formatted(first.length, second.length));
    }
    double[] differences = new double[first.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = first[i] - second[i];
    }
    return new PairedDifference(
        bootstrap.mean(differences, clusters),
        pValue(clusters.sums(differences), bootstrap.seed().derive("exchanges")));
  }

  private static double pValue(double[] sums, Seed seed) {
    if (sums.length == 0) {
      return Double.NaN;
    }
    double observed = 0;
    double size = 0;
    for (double sum : sums) {
      observed += sum;
      size += Math.abs(sum);
    }
    double bound = Math.abs(observed) - ROUNDING * size;
    return sums.length <= ENUMERATED ? enumerated(sums, bound) : drawn(sums, bound, seed);
  }

  private static double enumerated(double[] sums, double bound) {
    int ways = 1 << sums.length;
    int extreme = 0;
    for (int way = 0; way < ways; way++) {
      double sum = 0;
      for (int c = 0; c < sums.length; c++) {
        sum += ((way >> c) & 1) == 0 ? sums[c] : -sums[c];
      }
      extreme += Math.abs(sum) >= bound ? 1 : 0;
    }
    return (double) extreme / ways;
  }

  /** The way things are counts as one of those drawn, so that p is never 0. */
  private static double drawn(double[] sums, double bound, Seed seed) {
    SplittableRandom random = seed.random();
    int extreme = 1;
    for (int way = 0; way < DRAWN; way++) {
      double sum = 0;
      long bits = 0;
      for (int c = 0; c < sums.length; c++) {
        bits = c % Long.SIZE == 0 ? random.nextLong() : bits >>> 1;
        sum += (bits & 1) == 0 ? sums[c] : -sums[c];
      }
      extreme += Math.abs(sum) >= bound ? 1 : 0;
    }
    return extreme / (DRAWN + 1.0);
  }
}
