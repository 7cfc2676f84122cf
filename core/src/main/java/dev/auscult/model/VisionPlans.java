package dev.auscult.model;

import dev.auscult.checkpoint.Origin;
import dev.auscult.model.PatchPositions.Resampling;
import java.util.Map;

/** Vision transformers as parts of a model. */
final class VisionPlans {
  private VisionPlans() {}

  /**
   * A vision transformer, which takes images of other sizes as well.
   *
   * @param description in words
   * @param prefix what precedes the names of its tensors
   * @param origins where the file keeps those that have another name or form there
   * @param resampling how its library makes positions for other sizes
   */
  static TowerPlan<VisionTransformer> of(
      String description,
      VisionTransformerConfig config,
      String prefix,
      Map<String, Origin> origins,
      Resampling resampling) {
    return new TowerPlan<>(
        description,
        config.shapes(prefix),
        origins,
        parameters -> config.of(parameters, prefix),
        hint -> {
          VisionTransformerConfig sized = hint.sized(config, resampling);
          String at = "%s at %d px".formatted(description, sized.grid().imageSize());
          return of(at, sized, prefix, origins, resampling);
        });
  }

  /** A vision transformer whose library makes positions for other sizes in a way not built here. */
  static TowerPlan<VisionTransformer> ofOneSize(
      String description,
      VisionTransformerConfig config,
      String prefix,
      Map<String, Origin> origins) {
    return new TowerPlan<>(
        description, config.shapes(prefix), origins, parameters -> config.of(parameters, prefix));
  }
}
