package dev.auscult.balance;

import dev.auscult.metric.Estimate;
import java.util.Arrays;

/**
 * The image-text similarity of a model over a split, the papers' {@code l_norm}.
 *
 * @param kind how a similarity became a level
 * @param estimate mean over the samples with its interval, resampled by patient; the extremes of
 *     {@link Kind#MIN_MAX} are those of the split, not of a resample
 */
public record AlignmentLevel(Kind kind, Estimate estimate) {

  /** How a similarity becomes a level; the papers do not say which they used. */
  public enum Kind implements Labelled {
    /** {@code (cos - min) / (max - min)}, extremes over the split, per model. */
    MIN_MAX("min-max"),
    /** {@code (cos + 1) / 2}. */
    HALVED_COSINE("halved-cosine"),
    /** The cosine itself. */
    COSINE("cosine"),
    /** The logistic function of the score. */
    SIGMOID("sigmoid");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }
  }

  /** Mean over the samples. */
  public double mean() {
    return estimate.value();
  }

  /** Standard deviation over the samples. */
  public double sd() {
    return estimate.sd();
  }

  /** The level of every similarity. */
  static double[] levels(Kind kind, double[] cosines, double logitScale) {
    return switch (kind) {
      case MIN_MAX -> minMax(cosines);
      case HALVED_COSINE -> Arrays.stream(cosines).map(cosine -> (cosine + 1) / 2).toArray();
      case COSINE -> cosines;
      case SIGMOID ->
          Arrays.stream(cosines).map(c -> 1 / (1 + Math.exp(-logitScale * c))).toArray();
    };
  }

  private static double[] minMax(double[] cosines) {
    double min = Arrays.stream(cosines).min().orElse(Double.NaN);
    double max = Arrays.stream(cosines).max().orElse(Double.NaN);
    return Arrays.stream(cosines).map(cosine -> (cosine - min) / (max - min)).toArray();
  }
}
