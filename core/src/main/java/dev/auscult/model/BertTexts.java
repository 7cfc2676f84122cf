package dev.auscult.model;

import dev.auscult.checkpoint.Weights;
import java.util.Map;

/** BERT encoders as parts of models whose files do not describe them: sizes as the tensors have. */
final class BertTexts {
  private BertTexts() {}

  /**
   * An encoder that is told its pooling.
   *
   * @param prefix what precedes the names of its tensors
   * @param context the largest number of ids in a text
   * @param projection what follows, beginning with the encoder's width
   */
  static TowerPlan<TextTransformer> plan(
      Weights weights,
      String prefix,
      int context,
      TextTower.Padding padding,
      TextPooling pooling,
      ProjectionConfig projection) {
    BertShapes shapes = new BertShapes(weights, prefix);
    TextTransformerConfig config =
        new TextTransformerConfig(
            TextFormat.BERT,
            shapes.transformer(),
            shapes.input(context, padding),
            pooling,
            projection);
    return TextPlans.of(shapes.description(), config, prefix, Map.of());
  }

  /** A projection that begins with the width of the encoder at {@code prefix}. */
  static ProjectionConfig from(Weights weights, String prefix) {
    return ProjectionConfig.of(new BertShapes(weights, prefix).width());
  }

  /** What BERT files keep beside the encoder: position numbers and a pooler that is not read. */
  static boolean isHarmless(String name) {
    return name.endsWith("position_ids")
        || name.contains(".pooler.dense.")
        || name.endsWith(".num_batches_tracked");
  }
}
