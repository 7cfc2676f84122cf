package dev.auscult.adapt;

import dev.auscult.learning.LinearMap;
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
    LinearMap.requireShapes(weights, bias);
  }

  /** The same function as a head. */
  static LinearHead of(LinearMap map) {
    return new LinearHead(map.weights(), map.bias());
  }

  @Override
  public FloatMatrix scores(FloatMatrix images) {
    return new LinearMap(weights, bias).of(images);
  }
}
