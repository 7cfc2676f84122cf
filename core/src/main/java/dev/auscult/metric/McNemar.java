package dev.auscult.metric;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.discrete.BinomialDistribution;

/**
 * Whether two classifiers are right equally often on the same observations (McNemar 1947, exact).
 * Several observations of one patient are exchanged together: the p-value is the share of all ways
 * to exchange the two classifiers within whole patients that give a difference as large, which is
 * McNemar's where a patient has one observation.
 *
 * @param onlyFirst observations that only the first has right
 * @param onlySecond observations that only the second has right
 * @param p two-sided exact p-value: 1 where they never part
 */
public record McNemar(long onlyFirst, long onlySecond, double p) {

  /**
   * Up to so many steps, clusters that differ times the sum of their differences, the distribution
   * is computed, beyond it taken as normal: few clusters, for which it is not, are computed.
   */
  private static final long STEPS = 10_000_000;

  /** The largest sum of differences for which it is computed, for the sake of memory. */
  private static final long SUM = 1_000_000;

  private static final NormalDistribution NORMAL = new NormalDistribution();

  /**
   * Compares two classifiers on independent observations.
   *
   * @param first whether the first is right, per observation
   * @param second whether the second is
   */
  public static McNemar of(boolean[] first, boolean[] second) {
    return of(first, second, IntStream.range(0, first.length).toArray(), first.length);
  }

  /**
   * Compares two classifiers on observations that belong to clusters.
   *
   * @param first whether the first is right, per observation
   * @param second whether the second is
   * @param cluster the number of each observation's cluster, from 0
   * @param clusters how many there are
   */
  public static McNemar of(boolean[] first, boolean[] second, int[] cluster, int clusters) {
    if (first.length != second.length || first.length != cluster.length) {
      throw new IllegalArgumentException(
          "%d and %d calls, %d clusters".formatted(first.length, second.length, cluster.length));
    }
    int[] differences = new int[clusters];
    int onlyFirst = 0;
    int onlySecond = 0;
    for (int i = 0; i < first.length; i++) {
      onlyFirst += first[i] && !second[i] ? 1 : 0;
      onlySecond += second[i] && !first[i] ? 1 : 0;
      differences[cluster[i]] += (first[i] ? 1 : 0) - (second[i] ? 1 : 0);
    }
    return new McNemar(onlyFirst, onlySecond, p(differences));
  }

  private static double p(int[] differences) {
    int[] parted = Arrays.stream(differences).map(Math::abs).filter(size -> size > 0).toArray();
    int observed = Math.abs(Arrays.stream(differences).sum());
    long most = Arrays.stream(parted).asLongStream().sum();
    if (observed == 0) {
      return 1;
    }
    if (most == parted.length) {
      return binomial(parted.length, (parted.length - observed) / 2);
    }
    return most <= SUM && parted.length * most <= STEPS
        ? exchanged(parted, (int) most, observed)
        : normal(parted, observed);
  }

  /** The share of ways in which one side of {@code parted} has {@code fewer} or less, twice. */
  private static double binomial(int parted, int fewer) {
    double tail = new BinomialDistribution(parted, 0.5).cumulativeProbability(fewer);
    return Math.min(1, 2 * tail);
  }

  /** The share of signs before {@code sizes} with a sum of at least {@code observed} either way. */
  private static double exchanged(int[] sizes, int most, int observed) {
    double[] share = new double[2 * most + 1];
    share[most] = 1;
    for (int size : sizes) {
      double[] next = new double[share.length];
      for (int at = size; at < share.length - size; at++) {
        next[at - size] += share[at] / 2;
        next[at + size] += share[at] / 2;
      }
      share = next;
    }
    double extreme = 0;
    for (int at = 0; at <= most - observed; at++) {
      extreme += share[at] + share[2 * most - at];
    }
    return Math.min(1, extreme);
  }

  private static double normal(int[] sizes, int observed) {
    double variance = Arrays.stream(sizes).mapToDouble(size -> (double) size * size).sum();
    return 2 * NORMAL.cumulativeProbability(-observed / Math.sqrt(variance));
  }
}
