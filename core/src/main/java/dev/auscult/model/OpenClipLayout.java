package dev.auscult.model;

import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.checkpoint.Weights;
import tools.jackson.databind.node.ObjectNode;

/** open_clip: {@code open_clip_config.json} with towers of its own, of timm and of Hugging Face. */
final class OpenClipLayout implements Layout {
  private static final String TRUNK = "visual.trunk.";
  static final String CONFIG = "open_clip_config.json";

  @Override
  public String label() {
    return "open_clip (" + CONFIG + ")";
  }

  @Override
  public boolean recognises(Checkpoint checkpoint) {
    return checkpoint.json(CONFIG).isPresent();
  }

  @Override
  public TowerEncoder open(ModelSource source) {
    Checkpoint checkpoint = source.checkpoint();
    ObjectNode root = checkpoint.json(CONFIG).orElseThrow();
    OpenClipConfig config =
        OpenClipConfig.parse(root, checkpoint.folder().resolve(CONFIG).toString());
    DualPlan plan =
        new DualPlan(
            label(),
            CONFIG,
            image(config, checkpoint.tensors()),
            text(config, checkpoint.tensors()),
            checkpoint.find("logit_bias") == null ? TowerPlan.softmax() : TowerPlan.sigmoid(),
            OpenClipLayout::isHarmless);
    return plan.open(source, ModelFiles::openClipTransform);
  }

  private static TowerPlan<? extends ImageTower> image(OpenClipConfig config, Weights weights) {
    if (config.hasResNet()) {
      return new ResNetShapes(weights, "visual.").openAi();
    }
    if (config.hasTimmVision()) {
      return timm(config, weights);
    }
    ClipConfig.Vision vision = config.clipVision();
    return ClipPlans.vision(
        vision,
        config.dimension(),
        new OpenAiNames("visual.", "").ofVision(vision),
        PatchPositions.Resampling.ANTIALIASED_BICUBIC);
  }

  /** A vision transformer of timm with open_clip's projection. */
  private static TowerPlan<VisionTransformer> timm(OpenClipConfig config, Weights weights) {
    ConfigSection vision = config.vision();
    if (!TimmShapes.areIn(weights, TRUNK)) {
      throw vision.bad(
          "timm_model_name",
          vision.text("timm_model_name", ""),
          "a vision transformer; other networks of timm cannot be loaded");
    }
    vision.expect("timm_pool", "", "token");
    vision.expect("timm_proj", "linear");
    TimmShapes shapes = new TimmShapes(weights, TRUNK);
    return shapes.plan(
        ProjectionConfig.of(shapes.width()).linear("visual.head.proj", config.dimension()));
  }

  private static TowerPlan<TextTransformer> text(OpenClipConfig config, Weights weights) {
    if (config.hasHuggingFaceText()) {
      return OpenClipTexts.bert(config, weights);
    }
    boolean apart = weights.names().stream().anyMatch(name -> name.startsWith("text."));
    ClipConfig.Text text = config.clipText();
    OpenAiNames names = new OpenAiNames("visual.", apart ? "text." : "");
    return ClipPlans.text(text, config.dimension(), names.ofText(text));
  }

  /** What is computed again, and what counts training steps. */
  private static boolean isHarmless(String name) {
    return name.endsWith("attn_mask")
        || name.endsWith("position_ids")
        || name.endsWith(".num_batches_tracked");
  }
}
