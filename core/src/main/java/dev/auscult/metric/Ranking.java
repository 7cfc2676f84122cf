package dev.auscult.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * Positives and negatives in descending order of score: what every figure follows from that knows
 * no threshold. Equal scores stand together, so that ties count half. Immutable.
 *
 * <p>Observations may be weighted by how often a resample holds their cluster, which costs one pass
 * and no sorting.
 */
public final class Ranking {
  /** An observation as {@code cluster << 2 | positive << 1 | last of its score}. */
  private final int[] observations;

  private final double[] scores;
  private final Multiplicities once;
  private final int positives;

  private Ranking(int[] observations, double[] scores, int clusters) {
    this.observations = observations;
    this.scores = scores;
    this.once = Multiplicities.once(clusters);
    this.positives = count(observations);
  }

  /** Independent observations: a score and whether the observation is positive. */
  public static Ranking of(double[] scores, boolean[] positive) {
    int[] own = new int[scores.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = i;
    }
    return of(scores, positive, own, own.length);
  }

  /**
   * Observations that belong to clusters.
   *
   * @param scores higher is more probably positive
   * @param positive whether each observation is
   * @param cluster the number of each observation's cluster, from 0
   * @param clusters how many there are, whether or not each has an observation here
   * @throws IllegalArgumentException if the lengths differ or a score is not a number
   */
  public static Ranking of(double[] scores, boolean[] positive, int[] cluster, int clusters) {
    if (scores.length != positive.length || scores.length != cluster.length) {
      throw new IllegalArgumentException(
          "%d scores, %d truths, %d clusters"
              .formatted(scores.length, positive.length, cluster.length));
    }
    if (clusters > Integer.MAX_VALUE >>> 2) {
      throw new IllegalArgumentException(clusters + " clusters");
    }
    int[] order = DescendingOrder.of(scores);
    int[] observations = new int[order.length];
    double[] descending = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      int at = order[i];
      boolean last = i == order.length - 1 || scores[order[i + 1]] != scores[at];
      observations[i] = cluster[at] << 2 | (positive[at] ? 2 : 0) | (last ? 1 : 0);
      descending[i] = scores[at];
    }
    return new Ranking(observations, descending, clusters);
  }

  /** Takes the counts above each distinct score, from the highest on. */
  @FunctionalInterface
  private interface Step {
    void at(int position, long truePositives, long falsePositives);
  }

  private void walk(Multiplicities weights, Step step) {
    long truePositives = 0;
    long falsePositives = 0;
    for (int i = 0; i < observations.length; i++) {
      int observation = observations[i];
      int weight = weights.of(observation >>> 2);
      int positive = -((observation >>> 1) & 1);
      truePositives += weight & positive;
      falsePositives += weight & ~positive;
      if ((observation & 1) != 0) {
        step.at(i, truePositives, falsePositives);
      }
    }
  }

  /**
   * Area under the receiver operating characteristic: the chance that a positive scores higher than
   * a negative, ties half; {@code NaN} without positives or without negatives.
   */
  public double auroc() {
    return areas(once).auroc();
  }

  /** Average precision, as {@link RankingFigures#averagePrecision()}. */
  public double averagePrecision() {
    return areas(once).averagePrecision();
  }

  /**
   * The largest sensitivity at a specificity of at least {@code specificity}, at an observed score
   * without interpolation; {@code NaN} without positives or without negatives.
   */
  public double sensitivityAt(double specificity) {
    return figures(once, specificity).sensitivity();
  }

  private RankingFigures areas(Multiplicities weights) {
    return figures(weights, 1);
  }

  /**
   * All figures in one pass.
   *
   * @param weights how often each cluster counts
   * @param specificity at which the sensitivity is asked for
   */
  public RankingFigures figures(Multiplicities weights, double specificity) {
    long positives = 0;
    long all = 0;
    for (int observation : observations) {
      int weight = weights.of(observation >>> 2);
      all += weight;
      positives += weight & -((observation >>> 1) & 1);
    }
    Areas areas = new Areas(positives, all - positives, specificity);
    walk(weights, areas);
    return areas.figures();
  }

  /** Sums up areas along the steps. */
  private static final class Areas implements Step {
    private final long positives;
    private final long negatives;
    private final double allowed;
    private long lastTrue;
    private long lastFalse;
    private double twicePairs;
    private double precisions;
    private long sensitive;

    Areas(long positives, long negatives, double specificity) {
      this.positives = positives;
      this.negatives = negatives;
      // A share of negatives compares as scikit-learn compares it: FP / N <= 1 - specificity, with
      // room for the rounding of the difference only.
      this.allowed = (1 - specificity) * negatives * (1 + 1e-12);
    }

    @Override
    public void at(int position, long truePositives, long falsePositives) {
      twicePairs += (double) (falsePositives - lastFalse) * (truePositives + lastTrue);
      if (truePositives != lastTrue) {
        precisions +=
            (double) (truePositives - lastTrue) * truePositives / (truePositives + falsePositives);
      }
      if (falsePositives <= allowed) {
        sensitive = truePositives;
      }
      lastTrue = truePositives;
      lastFalse = falsePositives;
    }

    RankingFigures figures() {
      if (positives == 0 || negatives == 0) {
        return RankingFigures.UNDEFINED;
      }
      return new RankingFigures(
          twicePairs / 2 / positives / negatives,
          precisions / positives,
          (double) sensitive / positives);
    }
  }

  /**
   * The counts at every distinct score, from the highest on: the points of the ROC and
   * precision-recall curves.
   */
  public List<Cut> cuts() {
    List<Cut> cuts = new ArrayList<>();
    long all = observations.length;
    walk(
        once,
        (i, truePositives, falsePositives) ->
            cuts.add(
                new Cut(
                    scores[i],
                    new ClassCounts(
                        truePositives,
                        falsePositives,
                        positives - truePositives,
                        all - positives - falsePositives))));
    return cuts;
  }

  /**
   * A threshold that was observed as a score.
   *
   * @param threshold observations of this score or a higher one are called positive
   * @param counts of right and wrong calls
   */
  public record Cut(double threshold, ClassCounts counts) {}

  private static int count(int[] observations) {
    int positives = 0;
    for (int observation : observations) {
      positives += (observation >>> 1) & 1;
    }
    return positives;
  }

  /** The number of positive observations. */
  public int positives() {
    return positives;
  }

  /** Whether there are positives and negatives. */
  public boolean hasBothClasses() {
    return positives > 0 && positives < observations.length;
  }

  /** The number of observations. */
  public int size() {
    return observations.length;
  }
}
