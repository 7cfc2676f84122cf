package dev.auscult.model;

import dev.auscult.checkpoint.Weights;
import java.util.List;
import java.util.Map;

/** Text encoders of Hugging Face inside open_clip (its HFTextEncoder): BERT with a projection. */
final class OpenClipTexts {
  private static final String PREFIX = "text.transformer.";
  private static final String PROJECTION = "text.proj";

  private OpenClipTexts() {}

  /** The encoder that {@code text_cfg} describes, its sizes as the tensors have them. */
  static TowerPlan<TextTransformer> bert(OpenClipConfig config, Weights weights) {
    ConfigSection text = config.text();
    if (!BertShapes.areIn(weights, PREFIX)) {
      throw text.bad(
          "hf_model_name",
          text.text("hf_model_name", ""),
          "a BERT encoder; other text encoders of Hugging Face cannot be loaded");
    }
    BertShapes shapes = new BertShapes(weights, PREFIX);
    String pooler = text.text("hf_pooler_type", "mean_pooler");
    TextTransformerConfig tower =
        new TextTransformerConfig(
            TextFormat.BERT,
            shapes.transformer(),
            shapes.input(text.integer("context_length", 77, 1, 1 << 20), TextTower.Padding.HIDDEN),
            pooling(text, pooler),
            projection(text, pooled(shapes, pooler), config.dimension()));
    return TextPlans.of(shapes.description(), tower, PREFIX, Map.of());
  }

  private static TextPooling pooling(ConfigSection text, String pooler) {
    return switch (pooler) {
      case "cls_last_hidden_state_pooler", "cls_pooler" -> TextPooling.Place.FIRST;
      case "mean_pooler" -> new TextPooling.MeanOfLayers(List.of(-1));
      default ->
          throw text.bad(
              "hf_pooler_type", pooler, "cls_last_hidden_state_pooler, cls_pooler or mean_pooler");
    };
  }

  /** {@code cls_pooler} is BERT's own: an affine map and tanh. */
  private static ProjectionConfig pooled(BertShapes shapes, String pooler) {
    ProjectionConfig none = ProjectionConfig.of(shapes.width());
    return pooler.equals("cls_pooler")
        ? none.affine(PREFIX + "pooler.dense", shapes.width()).apply(Activation.TANH)
        : none;
  }

  private static ProjectionConfig projection(
      ConfigSection text, ProjectionConfig pooled, int dimension) {
    String type = text.text("hf_proj_type", "mlp");
    int width = pooled.outputs();
    return switch (type) {
      case "linear" -> pooled.linear(PROJECTION, dimension);
      case "mlp" ->
          pooled
              .linear(PROJECTION + ".0", (width + dimension) / 2)
              .apply(Activation.GELU)
              .linear(PROJECTION + ".2", dimension);
      default -> throw text.bad("hf_proj_type", type, "mlp or linear");
    };
  }
}
