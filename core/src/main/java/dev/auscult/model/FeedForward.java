package dev.auscult.model;

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
    return contract.forward(activation.forward(expand.forward(input)));
  }
}
