package dev.auscult.adapt;

import dev.auscult.tensor.FloatMatrix;

/**
 * A linear function of the embedding per class.
 *
 * @param weights {@code [classes, d]}
 * @param bias {@code [1, classes]}
 */
public record LinearHead(FloatMatrix weights, FloatMatrix bias) implements ClassHead {

  /** Checks the shapes. */
  public LinearHead {
    if (bias.rows() != 1 || bias.columns() != weights.rows()) {
      throw new IllegalArgumentException(
          "weights [%d, %d], bias [%d, %d]"
              .formatted(weights.rows(), weights.columns(), bias.rows(), bias.columns()));
    }
  }

  @Override
  public FloatMatrix scores(FloatMatrix images) {
    int classes = weights.rows();
    float[] scores = new float[images.rows() * classes];
    for (int i = 0; i < images.rows(); i++) {
      for (int c = 0; c < classes; c++) {
        scores[i * classes + c] = (float) (images.dot(i, weights, c) + bias.get(0, c));
      }
    }
    return new FloatMatrix(images.rows(), classes, scores);
  }
}
