package dev.auscult.model;

import dev.auscult.tensor.Tensor;

/**
 * CLIP's two towers over given parameters: the same forward passes for inference and, where the
 * parameters require gradients, for training.
 *
 * @param logitScale the logarithm of the factor on the cosine, a scalar
 */
public record ClipModel(
    ClipConfig config, ClipVisionTower vision, ClipTextTower text, Tensor logitScale) {

  /** A model over parameters named and shaped as {@link ClipConfig#shapes()} says. */
  public static ClipModel of(ClipConfig config, Parameters parameters) {
    return new ClipModel(
        config,
        ClipVisionTower.of(config.vision(), parameters),
        ClipTextTower.of(config.text(), parameters),
        parameters.get("logit_scale"));
  }
}
