package dev.auscult.model;

import dev.auscult.checkpoint.Origin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** CLIP's towers as parts of a model, for every layout that has them. */
final class ClipPlans {
  private static final String IMAGE = "vis";

  private ClipPlans() {}

  /** The vision transformer. */
  static TowerPlan<ClipVisionTower> vision(ClipConfig config, Map<String, Origin> origins) {
    return new TowerPlan<>(
        config.family(),
        visionShapes(config),
        origins,
        parameters -> ClipVisionTower.of(config.vision(), parameters));
  }

  /** The causal text transformer; it goes without saying and has no description. */
  static TowerPlan<TextTransformer> text(ClipConfig config, Map<String, Origin> origins) {
    return TextPlans.of("", config.textTower(), ClipConfig.TEXT, origins);
  }

  private static Map<String, List<Long>> visionShapes(ClipConfig config) {
    Map<String, List<Long>> shapes = new LinkedHashMap<>(config.shapes());
    shapes.keySet().removeIf(name -> !name.startsWith(IMAGE));
    return shapes;
  }
}
