package dev.auscult.model;

import dev.auscult.tensor.Tensor;

/**
 * Two affine maps with a non-linearity between them.
 *
 * @param expand {@code d} to the intermediate width
 * @param contract back to {@code d}
 */
public record FeedForward(Linear expand, Activation activation, Linear contract) {

  /** The layer at {@code name}, in CLIP's naming. */
  static FeedForward of(Parameters parameters, String name, Activation activation) {
    return new FeedForward(
        Linear.of(parameters, name + ".fc1"), activation, Linear.of(parameters, name + ".fc2"));
  }

  /** {@code [..., d]} to the same shape. */
  public Tensor forward(Tensor input) {
    return contract.forward(activation.apply(expand.forward(input)));
  }
}
