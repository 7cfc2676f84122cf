package dev.auscult.model;

import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * An affine map of the last dimension.
 *
 * @param weight {@code [out, in]}
 * @param bias {@code [out]}, or null for none
 */
public record Linear(Tensor weight, @Nullable Tensor bias) {

  /** The map at {@code name} with its bias. */
  static Linear of(Parameters parameters, String name) {
    return new Linear(parameters.get(name + ".weight"), parameters.get(name + ".bias"));
  }

  /** {@code [..., in]} to {@code [..., out]}. */
  public Tensor forward(Tensor input) {
    return Functions.linear(input, weight, bias);
  }
}
