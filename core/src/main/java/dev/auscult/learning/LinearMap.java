package dev.auscult.learning;

import dev.auscult.tensor.FloatMatrix;

/**
 * A linear function of a vector per class.
 *
 * @param weights {@code [classes, d]}
 * @param bias {@code [1, classes]}
 */
public record LinearMap(FloatMatrix weights, FloatMatrix bias) {

  /** Checks the shapes. */
  public LinearMap {
    requireShapes(weights, bias);
  }

  /**
   * Checks that there is one bias per row of weights.
   *
   * @throws IllegalArgumentException if not
   */
  public static void requireShapes(FloatMatrix weights, FloatMatrix bias) {
    if (bias.rows() != 1 || bias.columns() != weights.rows()) {
      throw new IllegalArgumentException(
          "weights [%d, %d], bias [%d, %d]"
              .formatted(weights.rows(), weights.columns(), bias.rows(), bias.columns()));
    }
  }

  /**
   * The value of each class.
   *
   * @param rows {@code [n, d]}
   * @return {@code [n, classes]}
   */
  public FloatMatrix of(FloatMatrix rows) {
    int classes = weights.rows();
    float[] values = new float[rows.rows() * classes];
    for (int i = 0; i < rows.rows(); i++) {
      for (int c = 0; c < classes; c++) {
        values[i * classes + c] = (float) (rows.dot(i, weights, c) + bias.get(0, c));
      }
    }
    return new FloatMatrix(rows.rows(), classes, values);
  }
}
