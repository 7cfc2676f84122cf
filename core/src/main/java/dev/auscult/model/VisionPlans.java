package dev.auscult.model;

import dev.auscult.checkpoint.Origin;
import java.util.Map;

/** Vision transformers as parts of a model. */
final class VisionPlans {
  private VisionPlans() {}

  /**
   * A vision transformer.
   *
   * @param description in words
   * @param prefix what precedes the names of its tensors
   * @param origins where the file keeps those that have another name or form there
   */
  static TowerPlan<VisionTransformer> of(
      String description,
      VisionTransformerConfig config,
      String prefix,
      Map<String, Origin> origins) {
    return new TowerPlan<>(
        description, config.shapes(prefix), origins, parameters -> config.of(parameters, prefix));
  }
}
