package dev.auscult.model;

import dev.auscult.checkpoint.Checkpoint;
import java.util.Map;

/** Hugging Face's Dinov2Model (Oquab 2023; Rad-DINO): images only, read at the class token. */
final class Dinov2Layout implements Layout {
  private static final TransformerConfig ABSENT =
      new TransformerConfig(768, 12, 12, 3072, Activation.GELU, 1e-6);

  @Override
  public String label() {
    return "Hugging Face dinov2 (Dinov2Model, images only)";
  }

  @Override
  public boolean recognises(Checkpoint checkpoint) {
    return ModelType.of(checkpoint).is("dinov2", "Dinov2Model");
  }

  @Override
  public VisionEncoder open(ModelSource source) {
    Checkpoint checkpoint = source.checkpoint();
    ConfigSection section = new ConfigSection(checkpoint.configFile(), "", checkpoint.config());
    ImagePlan plan =
        new ImagePlan(
            label(),
            "config.json",
            image(section),
            name -> name.equals("embeddings.mask_token") || name.startsWith("classifier."));
    return plan.open(source, ModelFiles::huggingFaceTransform);
  }

  private static TowerPlan<VisionTransformer> image(ConfigSection section) {
    if (section.flag("use_swiglu_ffn", false)) {
      throw section.bad("use_swiglu_ffn", true, "false");
    }
    if (!section.flag("qkv_bias", true)) {
      throw section.bad("qkv_bias", false, "true");
    }
    TransformerConfig read = section.transformer(ABSENT);
    int ratio = section.integer("mlp_ratio", 4, 1, 100);
    TransformerConfig transformer =
        new TransformerConfig(
            read.width(),
            read.layers(),
            read.heads(),
            ratio * read.width(),
            read.activation(),
            read.layerNormEpsilon());
    PatchGrid grid = section.grid(224, 14);
    VisionTransformerConfig config =
        new VisionTransformerConfig(
            VisionFormat.DINOV2,
            transformer,
            section.integer("num_channels", 3, 1, 64),
            grid,
            ImagePooling.Simple.CLASS_TOKEN,
            ProjectionConfig.of(transformer.width()));
    String description =
        "DINOv2 ViT-%dx%d/%d"
            .formatted(transformer.layers(), transformer.width(), grid.patchSize());
    return VisionPlans.of(description, config, "", Map.of(), PatchPositions.Resampling.BICUBIC);
  }
}
