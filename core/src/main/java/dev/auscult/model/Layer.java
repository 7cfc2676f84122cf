package dev.auscult.model;

import dev.auscult.tensor.Tensor;

/** A function of the features, the last dimension; the others are any. */
public sealed interface Layer permits Linear, LowRank, Product, LayerNorm, Activation {

  /** {@code [..., in]} to {@code [..., out]}. */
  Tensor forward(Tensor input);
}
