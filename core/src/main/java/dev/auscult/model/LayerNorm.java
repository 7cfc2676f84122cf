package dev.auscult.model;

import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Tensor;

/**
 * Normalises the last dimension, then scales and shifts it (Ba 2016).
 *
 * @param weight the scale {@code [d]}
 * @param bias the shift {@code [d]}
 * @param epsilon added to the variance
 */
public record LayerNorm(Tensor weight, Tensor bias, double epsilon) implements Layer {

  /** The normalisation at {@code name}. */
  static LayerNorm of(Parameters parameters, String name, double epsilon) {
    return new LayerNorm(parameters.get(name + ".weight"), parameters.get(name + ".bias"), epsilon);
  }

  @Override
  public Tensor forward(Tensor input) {
    return Functions.layerNorm(input, weight, bias, epsilon);
  }
}
