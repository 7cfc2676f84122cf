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
public record Linear(Tensor weight, @Nullable Tensor bias) implements Layer {

  /** The map at {@code name} with its bias. */
  static Linear of(Parameters parameters, String name) {
    return new Linear(parameters.get(name + ".weight"), parameters.get(name + ".bias"));
  }

  /** The map at {@code name}, which has no bias. */
  static Linear withoutBias(Parameters parameters, String name) {
    return new Linear(parameters.get(name + ".weight"), null);
  }

  /** The part of the map that makes {@code count} of its outputs, as a view. */
  Linear outputs(long from, long count) {
    return new Linear(
        weight.narrow(0, from, count), bias == null ? null : bias.narrow(0, from, count));
  }

  @Override
  public Tensor forward(Tensor input) {
    return Functions.linear(input, weight, bias);
  }
}
