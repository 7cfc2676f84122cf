package dev.auscult.model;

import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.image.ImageTransform;
import java.nio.file.Files;
import java.util.Map;

/**
 * LLM2CLIP (Huang 2024): CLIP's image encoder, under the names of Hugging Face's CLIPModel. Its
 * texts are embedded by a language model of eight billion parameters, published apart, whose
 * adapter lies in the same file; neither is built here.
 */
final class Llm2ClipLayout implements Layout {
  @Override
  public String label() {
    return "Hugging Face clip (LLM2CLIPModel, images only)";
  }

  @Override
  public boolean recognises(Checkpoint checkpoint) {
    return ModelType.of(checkpoint).classes().contains("LLM2CLIPModel");
  }

  @Override
  public VisionEncoder open(ModelSource source) {
    Checkpoint checkpoint = source.checkpoint();
    ClipConfig config = ClipConfig.parse(checkpoint.config(), checkpoint.configFile());
    String family =
        "LLM2CLIP's %s (its texts take a language model, which cannot be loaded)"
            .formatted(config.vision().family());
    TowerPlan<VisionTransformer> image =
        VisionPlans.of(
            family,
            config.vision().tower(config.dimension()),
            ClipConfig.VISION,
            Map.of(),
            PatchPositions.Resampling.BICUBIC);
    ImagePlan plan = new ImagePlan(label(), "config.json", image, Llm2ClipLayout::isHarmless);
    return plan.open(source, Llm2ClipLayout::transform);
  }

  /** The adapter of the language model, its scale, and position numbers. */
  private static boolean isHarmless(String name) {
    return !name.startsWith(ClipConfig.VISION) || name.endsWith(".embeddings.position_ids");
  }

  /** The repository brings no preprocessing; its model card takes that of OpenAI's model. */
  private static ImageTransform transform(ModelSource source, PatchGrid grid) {
    return Files.exists(source.checkpoint().folder().resolve("preprocessor_config.json"))
        ? ModelFiles.huggingFaceTransform(source, grid)
        : ImageTransform.clip(grid.imageSize());
  }
}
