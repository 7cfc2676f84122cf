package dev.auscult.model;

import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;

/**
 * Two affine maps with a non-linearity between them.
 *
 * @param expand {@code d} to the intermediate width
 * @param contract back to {@code d}
 */
public record FeedForward(Linear expand, Activation activation, Linear contract) {

  /** {@code [..., d]} to the same shape. */
  public Tensor forward(Tensor input) {
    return contract.forward(hidden(input));
  }

  /** What the first map made is freed at once, except where a gradient needs it. */
  private Tensor hidden(Tensor input) {
    try (Scope scope = Scope.open()) {
      return scope.keep(activation.forward(expand.forward(input)));
    }
  }
}
