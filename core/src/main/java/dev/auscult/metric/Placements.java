package dev.auscult.metric;

import java.util.Arrays;
import java.util.List;

/**
 * Structural components of an AUROC: of each positive the share of negatives below it ({@code
 * V10}), of each negative the share of positives above it ({@code V01}), ties half; here less their
 * mean and summed over the observations of a cluster (Obuchowski 1997).
 */
final class Placements {
  private final double area;

  /** Of each cluster the sum over its positives of {@code V10 - area}. */
  private final double[] ofPositives;

  /** Of each cluster the sum over its negatives of {@code V01 - area}. */
  private final double[] ofNegatives;

  private final Sizes sizes;

  private Placements(double area, double[] ofPositives, double[] ofNegatives, Sizes sizes) {
    this.area = area;
    this.ofPositives = ofPositives;
    this.ofNegatives = ofNegatives;
    this.sizes = sizes;
  }

  /**
   * How much there is.
   *
   * @param positives observations
   * @param negatives observations
   * @param withPositives clusters that have positives
   * @param withNegatives clusters that have negatives
   * @param clusters that have any
   */
  private record Sizes(
      int positives, int negatives, int withPositives, int withNegatives, int clusters) {

    static Sizes of(boolean[] positive, int[] cluster, int clusters) {
      byte[] seen = new byte[clusters];
      int positives = 0;
      for (int i = 0; i < positive.length; i++) {
        positives += positive[i] ? 1 : 0;
        seen[cluster[i]] |= (byte) (positive[i] ? 1 : 2);
      }
      int[] count = new int[4];
      for (byte kinds : seen) {
        count[kinds]++;
      }
      return new Sizes(
          positives,
          positive.length - positives,
          count[1] + count[3],
          count[2] + count[3],
          clusters - count[0]);
    }
  }

  /**
   * @param cluster the number of each observation's cluster
   */
  static Placements of(double[] scores, boolean[] positive, int[] cluster, int clusters) {
    if (scores.length != positive.length || scores.length != cluster.length) {
      throw new IllegalArgumentException(
          "%d scores, %d truths, %d clusters"
              .formatted(scores.length, positive.length, cluster.length));
    }
    double[] all = RankCorrelation.ranks(scores);
    int[] positives = members(positive, true);
    int[] negatives = members(positive, false);
    double[] above = placed(scores, all, positives, negatives.length);
    double[] below = placed(scores, all, negatives, positives.length);
    for (int i = 0; i < below.length; i++) {
      below[i] = 1 - below[i];
    }
    double area = negatives.length == 0 ? Double.NaN : Moments.mean(above);
    return new Placements(
        area,
        sums(above, area, positives, cluster, clusters),
        sums(below, area, negatives, cluster, clusters),
        Sizes.of(positive, cluster, clusters));
  }

  /**
   * Those of the mean area of several scores of the same observations.
   *
   * @param all at least one
   */
  static Placements mean(List<Placements> all) {
    Placements first = all.get(0);
    double[] ofPositives = new double[first.ofPositives.length];
    double[] ofNegatives = new double[first.ofNegatives.length];
    double area = 0;
    for (Placements each : all) {
      area += each.area / all.size();
      add(each.ofPositives, ofPositives, all.size());
      add(each.ofNegatives, ofNegatives, all.size());
    }
    return new Placements(area, ofPositives, ofNegatives, first.sizes);
  }

  private static void add(double[] values, double[] sums, int share) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += values[i] / share;
    }
  }

  private static int[] members(boolean[] positive, boolean wanted) {
    int[] members = new int[positive.length];
    int count = 0;
    for (int i = 0; i < positive.length; i++) {
      if (positive[i] == wanted) {
        members[count++] = i;
      }
    }
    return Arrays.copyOf(members, count);
  }

  /** By how many of the other class each member lies above, as a share, ties half. */
  private static double[] placed(double[] scores, double[] all, int[] members, int others) {
    double[] own =
        RankCorrelation.ranks(Arrays.stream(members).mapToDouble(i -> scores[i]).toArray());
    double[] shares = new double[members.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (all[members[i]] - own[i]) / others;
    }
    return shares;
  }

  private static double[] sums(
      double[] values, double mean, int[] members, int[] cluster, int clusters) {
    double[] sums = new double[clusters];
    for (int i = 0; i < members.length; i++) {
      sums[cluster[members[i]]] += values[i] - mean;
    }
    return sums;
  }

  /** {@code NaN} without positives or without negatives. */
  double area() {
    return area;
  }

  /**
   * Covariance of this area and another one of the same observations: {@code S10/M + S01/N + 2
   * S11/(MN)} of Obuchowski (1997), which is that of DeLong et al. (1988) where every cluster is
   * one observation.
   */
  double covariance(Placements other) {
    double m = sizes.positives();
    double n = sizes.negatives();
    return unbiased(sizes.withPositives()) * product(ofPositives, other.ofPositives) / (m * m)
        + unbiased(sizes.withNegatives()) * product(ofNegatives, other.ofNegatives) / (n * n)
        + unbiased(sizes.clusters())
            * (product(ofPositives, other.ofNegatives) + product(ofNegatives, other.ofPositives))
            / (m * n);
  }

  /** The fewer of the clusters that have positives and of those that have negatives. */
  int rarerClusters() {
    return Math.min(sizes.withPositives(), sizes.withNegatives());
  }

  /**
   * Degrees of freedom of the variance of this area less another one, which is a sum of one part of
   * the positives and one of the negatives (Satterthwaite 1946): about those of the rarer class
   * where it makes up most of the variance. {@code NaN} where there is no variance.
   */
  double degrees(Placements other) {
    double first = part(ofPositives, other.ofPositives, sizes.withPositives(), sizes.positives());
    double second = part(ofNegatives, other.ofNegatives, sizes.withNegatives(), sizes.negatives());
    return (first + second)
        * (first + second)
        / (first * first / (sizes.withPositives() - 1)
            + second * second / (sizes.withNegatives() - 1));
  }

  private static double part(double[] own, double[] others, int clusters, double observations) {
    double sum = 0;
    for (int i = 0; i < own.length; i++) {
      sum += (own[i] - others[i]) * (own[i] - others[i]);
    }
    return unbiased(clusters) * sum / (observations * observations);
  }

  /** {@code NaN} of fewer than two. */
  private static double unbiased(int count) {
    return count < 2 ? Double.NaN : count / (count - 1.0);
  }

  private static double product(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
