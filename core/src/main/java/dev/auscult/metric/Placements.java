package dev.auscult.metric;

import java.util.Arrays;
import java.util.List;

/**
 * Structural components of an AUROC: of each positive the share of negatives below it ({@code
 * V10}), of each negative the share of positives above it ({@code V01}), ties half.
 */
final class Placements {
  private final double[] ofPositives;
  private final double[] ofNegatives;

  private Placements(double[] ofPositives, double[] ofNegatives) {
    this.ofPositives = ofPositives;
    this.ofNegatives = ofNegatives;
  }

  static Placements of(double[] scores, boolean[] positive) {
    if (scores.length != positive.length) {
      throw new IllegalArgumentException(
          "%d scores for %d truths".formatted(scores.length, positive.length));
    }
    double[] all = RankCorrelation.ranks(scores);
    double[] above = placed(scores, all, positive, true);
    double[] below = placed(scores, all, positive, false);
    return new Placements(above, below);
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
    for (Placements each : all) {
      add(each.ofPositives, ofPositives, all.size());
      add(each.ofNegatives, ofNegatives, all.size());
    }
    return new Placements(ofPositives, ofNegatives);
  }

  private static void add(double[] values, double[] sums, int share) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += values[i] / share;
    }
  }

  /** For those of one class, by how many of the other class they lie above, as a share. */
  private static double[] placed(
      double[] scores, double[] all, boolean[] positive, boolean ofPositives) {
    int[] members = new int[scores.length];
    int count = 0;
    for (int i = 0; i < scores.length; i++) {
      if (positive[i] == ofPositives) {
        members[count++] = i;
      }
    }
    double[] own =
        RankCorrelation.ranks(
            Arrays.stream(members, 0, count).mapToDouble(i -> scores[i]).toArray());
    int others = scores.length - count;
    double[] shares = new double[count];
    for (int i = 0; i < count; i++) {
      double below = (all[members[i]] - own[i]) / others;
      shares[i] = ofPositives ? below : 1 - below;
    }
    return shares;
  }

  /** {@code NaN} without positives or without negatives. */
  double area() {
    return ofNegatives.length == 0 ? Double.NaN : Moments.mean(ofPositives);
  }

  /** Covariance of this area and another one of the same observations. */
  double covariance(Placements other) {
    return covariance(ofPositives, other.ofPositives) / ofPositives.length
        + covariance(ofNegatives, other.ofNegatives) / ofNegatives.length;
  }

  private static double covariance(double[] x, double[] y) {
    double meanX = Moments.mean(x);
    double meanY = Moments.mean(y);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - meanX) * (y[i] - meanY);
    }
    return x.length < 2 ? Double.NaN : sum / (x.length - 1);
  }
}
