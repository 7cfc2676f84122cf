package dev.auscult.metric;

import dev.auscult.metric.Calibration.Edges;
import java.util.Arrays;

/**
 * Observations with a confidence, whether it came true, and a squared loss, ready to be summed with
 * weights. Immutable.
 */
public final class Reliability {
  /**
   * A bin of fewer clusters, whose outcomes may all be alike, does not tell how uncertain its gap
   * is; where all bins weigh the same, that is more than nothing.
   */
  private static final int FEW = 10;

  private final double[] confidence;
  private final double[] loss;

  /** {@code lower-closed bin << 2 | on an edge << 1 | came true}. */
  private final short[] place;

  private final int[] cluster;
  private final int bins;
  private final GapDeviations weighted;
  private final GapDeviations unweighted;

  private Reliability(double[] confidence, double[] loss, short[] place, int[] cluster, int bins) {
    this.confidence = confidence;
    this.loss = loss;
    this.place = place;
    this.cluster = cluster;
    this.bins = bins;
    this.weighted = deviations(Edges.LOWER_CLOSED);
    this.unweighted = deviations(Edges.UPPER_CLOSED);
  }

  /**
   * Figures of calibration.
   *
   * @param ece expected calibration error, binned and weighted as torchmetrics does
   * @param unweighted mean gap of the bins that are not empty, binned as scikit-learn's {@code
   *     calibration_curve}
   * @param brier mean squared loss
   * @param inTheLarge mean confidence minus the share that came true
   * @param ofEce how far {@code ece} is from that of the data
   * @param ofUnweighted how far {@code unweighted} is from that of the data
   */
  public record ReliabilityFigures(
      double ece,
      double unweighted,
      double brier,
      double inTheLarge,
      Moved ofEce,
      Moved ofUnweighted) {
    /** Of scores that are no probabilities. */
    public static final ReliabilityFigures UNDEFINED =
        new ReliabilityFigures(
            Double.NaN, Double.NaN, Double.NaN, Double.NaN, Moved.UNKNOWN, Moved.UNKNOWN);
  }

  /**
   * The two bounds of a {@link Deviation}, in one resample.
   *
   * @param above at least the deviation
   * @param below at most the deviation
   */
  public record Moved(double above, double below) {
    private static final Moved UNKNOWN = new Moved(Double.NaN, Double.NaN);
  }

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
    double[][] lower = binned(sums, Edges.LOWER_CLOSED);
    double[][] upper = binned(sums, Edges.UPPER_CLOSED);
    return new ReliabilityFigures(
        Calibration.ofSums(lower, bins).ece(),
        Calibration.ofSums(upper, bins).unweightedGap(),
        losses / all,
        off / all,
        moved(weighted, gaps(lower, Edges.LOWER_CLOSED)),
        moved(unweighted, gaps(upper, Edges.UPPER_CLOSED)));
  }

  private static Moved moved(GapDeviations deviations, double[] gaps) {
    return new Moved(deviations.above(gaps), deviations.below(gaps));
  }

  /** Confidence minus outcome of each bin as it enters the figure that these edges are for. */
  private static double[] gaps(double[][] binned, Edges edges) {
    double[] gaps = new double[binned[0].length];
    for (int bin = 0; bin < gaps.length; bin++) {
      gaps[bin] = (binned[1][bin] - binned[2][bin]) / divisor(binned[0], bin, edges);
    }
    return gaps;
  }

  /** What a bin's summed gaps are divided by: all observations, or its own times all bins. */
  private static double divisor(double[] counts, int bin, Edges edges) {
    return edges == Edges.LOWER_CLOSED
        ? Arrays.stream(counts).sum()
        : counts[bin] * Arrays.stream(counts).filter(n -> n > 0).count();
  }

  private GapDeviations deviations(Edges edges) {
    int clusters = Arrays.stream(cluster).max().orElse(-1) + 1;
    double[][] binned = binned(sums(Multiplicities.once(clusters)), edges);
    GapErrors errors =
        GapErrors.of(
            cluster,
            clusters,
            this::gap,
            observation -> bin(place[observation] >>> 1, edges),
            bins + 1);
    double[] ofGaps = new double[bins + 1];
    for (int bin = 0; bin <= bins; bin++) {
      boolean few = edges == Edges.UPPER_CLOSED && errors.clusters(bin) < FEW;
      ofGaps[bin] =
          few && binned[0][bin] > 0
              ? Double.NaN
              : errors.ofSum(bin) / divisor(binned[0], bin, edges);
    }
    return new GapDeviations(gaps(binned, edges), ofGaps, Deviation.tolerance(cluster.length));
  }

  private double gap(int observation) {
    return confidence[observation] - (place[observation] & 1);
  }

  private static int bin(int code, Edges edges) {
    int lower = code >>> 1;
    return edges == Edges.UPPER_CLOSED && (code & 1) != 0 ? Math.max(0, lower - 1) : lower;
  }

  /** The reliability diagram of the observations as they are. */
  public Calibration diagram(int clusters) {
    return Calibration.ofSums(
        binned(sums(Multiplicities.once(clusters)), Edges.LOWER_CLOSED), bins);
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

  private double[][] binned(double[][] sums, Edges edges) {
    double[][] binned = new double[3][bins + 1];
    for (int code = 0; code < sums[0].length; code++) {
      for (int sum = 0; sum < 3; sum++) {
        binned[sum][bin(code, edges)] += sums[sum][code];
      }
    }
    return binned;
  }
}
