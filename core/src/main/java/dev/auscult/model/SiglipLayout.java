package dev.auscult.model;

import dev.auscult.checkpoint.Checkpoint;
import java.util.Map;

/**
 * Hugging Face's SiglipModel (Zhai 2023; MedSigLIP): patches without a class token and an attention
 * pool; a text transformer that reads padding and is read at the end of its context; a sigmoid of
 * each pair's score.
 */
final class SiglipLayout implements Layout {
  private static final String VISION = "vision_model.";
  private static final String TEXT = "text_model.";
  private static final TransformerConfig ABSENT =
      new TransformerConfig(768, 12, 12, 3072, Activation.GELU_TANH, 1e-6);

  @Override
  public String label() {
    return "Hugging Face siglip (SiglipModel)";
  }

  @Override
  public boolean recognises(Checkpoint checkpoint) {
    return ModelType.of(checkpoint).is("siglip", "SiglipModel");
  }

  @Override
  public TowerEncoder open(ModelSource source) {
    Checkpoint checkpoint = source.checkpoint();
    ConfigSection top = new ConfigSection(checkpoint.configFile(), "", checkpoint.config());
    DualPlan plan =
        new DualPlan(
            label(),
            "config.json",
            image(top.inner("vision_config")),
            text(top.inner("text_config")),
            TowerPlan.sigmoid(),
            name -> name.endsWith("position_ids"));
    return plan.open(source, ModelFiles::huggingFaceTransform);
  }

  private static TowerPlan<VisionTransformer> image(ConfigSection section) {
    if (!section.flag("vision_use_head", true)) {
      throw section.bad("vision_use_head", false, "true");
    }
    TransformerConfig transformer = section.transformer(ABSENT);
    PatchGrid grid = section.grid(224, 16);
    VisionTransformerConfig config =
        new VisionTransformerConfig(
            VisionFormat.SIGLIP,
            transformer,
            section.integer("num_channels", 3, 1, 64),
            grid,
            new ImagePooling.Attention(
                AttentionPoolFormat.SIGLIP,
                VISION + "head.",
                transformer.width(),
                transformer.heads()),
            ProjectionConfig.of(transformer.width()));
    String description =
        "SigLIP ViT-%dx%d/%d"
            .formatted(transformer.layers(), transformer.width(), grid.patchSize());
    return VisionPlans.of(description, config, VISION, Map.of(), PatchPositions.Resampling.BICUBIC);
  }

  private static TowerPlan<TextTransformer> text(ConfigSection section) {
    TransformerConfig transformer = section.transformer(ABSENT);
    int context = section.integer("max_position_embeddings", 64, 1, 1 << 20);
    int outputs = section.integer("projection_size", transformer.width(), 1, 1 << 20);
    TextTransformerConfig config =
        new TextTransformerConfig(
            TextFormat.CLIP,
            transformer,
            new TextTransformerConfig.Input(
                section.integer("vocab_size", 32000, 1, 1 << 26),
                0,
                context,
                context,
                section.integer("pad_token_id", 1, 0, 1 << 26),
                TextTower.Padding.READ),
            TextPooling.Place.CONTEXT_END,
            ProjectionConfig.of(transformer.width()).affine(TEXT + "head", outputs));
    String description = "SigLIP text %dx%d".formatted(transformer.layers(), transformer.width());
    return TextPlans.of(description, config, TEXT, Map.of());
  }
}
