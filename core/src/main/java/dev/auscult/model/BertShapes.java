package dev.auscult.model;

import dev.auscult.checkpoint.Weights;

/**
 * Reads the sizes of a BERT encoder off its tensors, for files that name the model instead of
 * describing it. Attention heads have 64 features, as in every published BERT of these models.
 *
 * @param weights the file
 * @param prefix what precedes {@code embeddings.word_embeddings.weight}
 */
record BertShapes(Weights weights, String prefix) {
  private static final String WORDS = "embeddings.word_embeddings.weight";
  private static final String POSITIONS = "embeddings.position_embeddings.weight";
  private static final double EPSILON = 1e-12;

  /** Whether a BERT encoder is there. */
  static boolean areIn(Weights weights, String prefix) {
    return weights.find(prefix + WORDS) != null
        && weights.find(prefix + "encoder.layer.0.attention.self.query.weight") != null;
  }

  /** Its blocks. */
  TransformerConfig transformer() {
    int width = width();
    return new TransformerConfig(
        width,
        layers(),
        sizes().heads(WORDS, width),
        sizes().size("encoder.layer.0.intermediate.dense.weight", 0),
        Activation.GELU,
        EPSILON);
  }

  /** Features per token. */
  int width() {
    return sizes().size(WORDS, 1);
  }

  /** The largest number of ids in a text that there are positions for. */
  int positions() {
    return sizes().size(POSITIONS, 0);
  }

  /**
   * What it takes.
   *
   * @param context the largest number of ids in a text
   */
  TextTransformerConfig.Input input(int context, TextTower.Padding padding) {
    int positions = positions();
    if (context > positions) {
      throw sizes().unexpected(POSITIONS, context + " positions");
    }
    return new TextTransformerConfig.Input(
        sizes().size(WORDS, 0),
        sizes().size("embeddings.token_type_embeddings.weight", 0),
        positions,
        context,
        0,
        padding);
  }

  /** In words, e.g. {@code BERT 12x768}. */
  String description() {
    return "BERT %dx%d".formatted(layers(), width());
  }

  private int layers() {
    return sizes().layers("encoder.layer.");
  }

  private TensorSizes sizes() {
    return new TensorSizes(weights, prefix, "BERT");
  }
}
