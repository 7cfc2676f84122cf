package dev.auscult.model;

/**
 * The size of a transformer.
 *
 * @param width features per position
 * @param layers how many blocks
 * @param heads attention heads, a divisor of {@code width}
 * @param intermediate features inside a feed-forward layer
 * @param activation its non-linearity
 * @param layerNormEpsilon added to variances
 */
public record TransformerConfig(
    int width,
    int layers,
    int heads,
    int intermediate,
    Activation activation,
    double layerNormEpsilon) {

  /** Checks that the heads divide the width. */
  public TransformerConfig {
    if (width < 1 || layers < 0 || heads < 1 || intermediate < 1 || width % heads != 0) {
      throw new IllegalArgumentException(
          "%d heads do not divide a width of %d, or a size is not positive"
              .formatted(heads, width));
    }
  }
}
