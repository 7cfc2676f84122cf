package dev.auscult.model;

import dev.auscult.checkpoint.Origin;
import java.util.Map;

/** Text transformers as parts of a model. */
final class TextPlans {
  private TextPlans() {}

  /**
   * A text transformer.
   *
   * @param description in words; may be empty
   * @param prefix what precedes the names of its tensors
   * @param origins where the file keeps those that have another name or form there
   */
  static TowerPlan<TextTransformer> of(
      String description,
      TextTransformerConfig config,
      String prefix,
      Map<String, Origin> origins) {
    return new TowerPlan<>(
        description, config.shapes(prefix), origins, parameters -> config.of(parameters, prefix));
  }
}
