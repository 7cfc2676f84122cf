package dev.auscult.balance;

/**
 * The image-text similarity of a model over a split, the papers' {@code l_norm}.
 *
 * @param kind how a similarity became a level
 * @param mean mean over the samples
 * @param sd standard deviation over the samples
 */
public record AlignmentLevel(Kind kind, double mean, double sd) {

  /** How a similarity becomes a level; the papers do not say which they used. */
  public enum Kind {
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

    /** As tables and results name it. */
    public String label() {
      return label;
    }
  }
}
