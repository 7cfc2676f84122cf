package dev.auscult.metric;

import dev.auscult.metric.Calibration.Edges;

/**
 * Observations with a confidence, whether it came true, and a squared loss, ready to be summed with
 * weights. Immutable.
 */
public final class Reliability {
  private final double[] confidence;
  private final double[] loss;

  /** {@code lower-closed bin << 2 | on an edge << 1 | came true}. */
  private final short[] place;

  private final int[] cluster;
  private final int bins;

  private Reliability(double[] confidence, double[] loss, short[] place, int[] cluster, int bins) {
    this.confidence = confidence;
    this.loss = loss;
    this.place = place;
    this.cluster = cluster;
    this.bins = bins;
  }

  /**
   * Figures of calibration.
   *
   * @param ece expected calibration error, binned and weighted as torchmetrics does
   * @param unweighted mean gap of the bins that are not empty, binned as scikit-learn's {@code
   *     calibration_curve}
   * @param brier mean squared loss
   * @param inTheLarge mean confidence minus the share that came true
   */
  public record ReliabilityFigures(
      double ece, double unweighted, double brier, double inTheLarge) {}

  /**
   * Observations that belong to clusters.
   *
   * @param confidence from 0 to 1
   * @param outcome whether it came true
   * @param loss each observation's squared loss
   * @param bins of equal width, at most 1000
   * @param cluster the number of each observation's cluster
   */
  public static Reliability of(
      double[] confidence, boolean[] outcome, double[] loss, int bins, int[] cluster) {
    if (bins < 1 || bins > 1000) {
      throw new IllegalArgumentException(bins + " bins");
    }
    short[] place = new short[confidence.length];
    for (int i = 0; i < place.length; i++) {
      if (!(confidence[i] >= 0 && confidence[i] <= 1)) {
        throw new IllegalArgumentException("a confidence of " + confidence[i]);
      }
      int lower = Edges.LOWER_CLOSED.bin(confidence[i], bins);
      boolean edge = Edges.UPPER_CLOSED.bin(confidence[i], bins) != lower;
      place[i] = (short) (lower << 2 | (edge ? 2 : 0) | (outcome[i] ? 1 : 0));
    }
    return new Reliability(confidence.clone(), loss.clone(), place, cluster.clone(), bins);
  }

  /** All figures in one pass; {@code NaN} of nothing. */
  public ReliabilityFigures figures(Multiplicities weights) {
    double[][] sums = sums(weights);
    double all = 0;
    double losses = 0;
    for (int i = 0; i < loss.length; i++) {
      int weight = weights.of(cluster[i]);
      all += weight;
      losses += weight * loss[i];
    }
    double off = 0;
    for (int code = 0; code < sums[0].length; code++) {
      off += sums[1][code] - sums[2][code];
    }
    return new ReliabilityFigures(
        calibration(sums, Edges.LOWER_CLOSED).ece(),
        calibration(sums, Edges.UPPER_CLOSED).unweightedGap(),
        losses / all,
        off / all);
  }

  /** The reliability diagram of the observations as they are. */
  public Calibration diagram(int clusters) {
    return calibration(sums(Multiplicities.once(clusters)), Edges.LOWER_CLOSED);
  }

  /** Number, confidence and outcome by lower-closed bin and whether it is on that bin's edge. */
  private double[][] sums(Multiplicities weights) {
    double[][] sums = new double[3][2 * (bins + 1)];
    for (int i = 0; i < place.length; i++) {
      int weight = weights.of(cluster[i]);
      int code = place[i] >>> 1;
      sums[0][code] += weight;
      sums[1][code] += weight * confidence[i];
      sums[2][code] += weight * (place[i] & 1);
    }
    return sums;
  }

  private Calibration calibration(double[][] sums, Edges edges) {
    double[][] binned = new double[3][bins + 1];
    for (int code = 0; code < sums[0].length; code++) {
      int lower = code >>> 1;
      int bin = edges == Edges.UPPER_CLOSED && (code & 1) != 0 ? Math.max(0, lower - 1) : lower;
      for (int sum = 0; sum < 3; sum++) {
        binned[sum][bin] += sums[sum][code];
      }
    }
    return Calibration.ofSums(binned, bins);
  }
}
