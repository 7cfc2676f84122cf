package dev.auscult.model;

import dev.auscult.checkpoint.Checkpoint;
import java.util.Map;

/** Hugging Face's CLIPModel: {@code config.json} of type {@code clip}. */
final class HuggingFaceClipLayout implements Layout {
  @Override
  public String label() {
    return "Hugging Face clip (CLIPModel)";
  }

  @Override
  public boolean recognises(Checkpoint checkpoint) {
    return ModelType.of(checkpoint).is("clip", "CLIPModel");
  }

  @Override
  public TowerEncoder open(ModelSource source) {
    Checkpoint checkpoint = source.checkpoint();
    ClipConfig config = ClipConfig.parse(checkpoint.config(), checkpoint.configFile());
    DualPlan plan =
        new DualPlan(
            label(),
            "config.json",
            ClipPlans.vision(
                config.vision(), config.dimension(), Map.of(), PatchPositions.Resampling.BICUBIC),
            ClipPlans.text(config.text(), config.dimension(), Map.of()),
            TowerPlan.softmax(),
            HuggingFaceClipLayout::isHarmless);
    return plan.open(source, ModelFiles::huggingFaceTransform);
  }

  /**
   * Position numbers that old files carry along, and whatever lies outside the two towers. A
   * surplus tensor inside a tower means that the configuration describes another model.
   */
  private static boolean isHarmless(String name) {
    boolean inside = name.startsWith("vision_model.") || name.startsWith("text_model.");
    return !inside || name.endsWith(".embeddings.position_ids");
  }
}
