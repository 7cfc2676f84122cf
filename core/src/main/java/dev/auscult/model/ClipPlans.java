package dev.auscult.model;

import dev.auscult.checkpoint.Origin;
import java.util.Map;

/** CLIP's towers as parts of a model, for every layout that has them. */
final class ClipPlans {
  private ClipPlans() {}

  /** The vision transformer. */
  static TowerPlan<VisionTransformer> vision(
      ClipConfig.Vision config,
      int dimension,
      Map<String, Origin> origins,
      PatchPositions.Resampling resampling) {
    return VisionPlans.of(
        config.family(), config.tower(dimension), ClipConfig.VISION, origins, resampling);
  }

  /** The causal text transformer; it goes without saying and has no description. */
  static TowerPlan<TextTransformer> text(
      ClipConfig.Text config, int dimension, Map<String, Origin> origins) {
    return TextPlans.of("", config.tower(dimension), ClipConfig.TEXT, origins);
  }
}
