package dev.auscult.model;

import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.checkpoint.Origin;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hugging Face's VisionTextDualEncoderModel of CLIP's vision transformer and BERT, both with their
 * own pooling: the class token, and an affine map with tanh of the first token (RCLIP).
 */
final class VisionTextLayout implements Layout {
  private static final String TEXT = "text_model.";

  @Override
  public String label() {
    return "Hugging Face vision-text-dual-encoder (VisionTextDualEncoderModel)";
  }

  @Override
  public boolean recognises(Checkpoint checkpoint) {
    return ModelType.of(checkpoint).is("vision-text-dual-encoder", "VisionTextDualEncoderModel");
  }

  @Override
  public TowerEncoder open(ModelSource source) {
    Checkpoint checkpoint = source.checkpoint();
    ObjectNode root = checkpoint.config();
    ConfigSection top = new ConfigSection(checkpoint.configFile(), "", root);
    ConfigSection vision = top.inner("vision_config");
    ConfigSection text = top.inner("text_config");
    vision.expect("model_type", "clip_vision_model", "clip");
    text.expect("model_type", "bert", "cxr-bert");
    int dimension = top.integer("projection_dim", 512, 1, 1 << 20);
    DualPlan plan =
        new DualPlan(
            label(),
            "config.json",
            image(ClipConfig.vision(vision), dimension),
            text(BertConfig.parse(text), dimension),
            TowerPlan.softmax(),
            VisionTextLayout::isHarmless);
    return plan.open(source, ModelFiles::huggingFaceTransform);
  }

  private static TowerPlan<VisionTransformer> image(ClipConfig.Vision config, int dimension) {
    Map<String, Origin> origins = new LinkedHashMap<>();
    config.tower(dimension).shapes(ClipConfig.VISION).keySet().stream()
        .filter(name -> name.startsWith(ClipConfig.VISION))
        .forEach(name -> origins.put(name, Origin.of(ClipConfig.VISION + name)));
    return ClipPlans.vision(config, dimension, origins, PatchPositions.Resampling.BICUBIC);
  }

  private static TowerPlan<TextTransformer> text(BertConfig bert, int dimension) {
    int width = bert.transformer().width();
    ProjectionConfig projection =
        ProjectionConfig.of(width)
            .affine(TEXT + "pooler.dense", width)
            .apply(Activation.TANH)
            .linear("text_projection", dimension);
    TextTransformerConfig config =
        new TextTransformerConfig(
            TextFormat.BERT,
            bert.transformer(),
            bert.input(TextTower.Padding.HIDDEN),
            TextPooling.Place.FIRST,
            projection);
    return TextPlans.of(bert.description(), config, TEXT, Map.of());
  }

  private static boolean isHarmless(String name) {
    boolean inside = name.startsWith(ClipConfig.VISION) || name.startsWith(TEXT);
    return !inside || name.endsWith("position_ids");
  }
}
