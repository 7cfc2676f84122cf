package dev.auscult.model;

/**
 * A BERT encoder as Hugging Face's {@code config.json} describes it (BertConfig): absent keys have
 * that class's defaults.
 *
 * @param transformer its blocks
 * @param vocabulary the number of ids
 * @param types the number of token types
 * @param positions the number of positions
 * @param padId the id that fills a row
 */
record BertConfig(
    TransformerConfig transformer, int vocabulary, int types, int positions, int padId) {
  private static final int MAX = 1 << 20;

  static BertConfig parse(ConfigSection section) {
    section.expect("position_embedding_type", "absolute");
    TransformerConfig transformer =
        section.transformer(new TransformerConfig(768, 12, 12, 3072, Activation.GELU, 1e-12));
    return new BertConfig(
        transformer,
        section.integer("vocab_size", 30522, 1, 1 << 26),
        section.integer("type_vocab_size", 2, 1, MAX),
        section.integer("max_position_embeddings", 512, 1, MAX),
        section.integer("pad_token_id", 0, 0, MAX));
  }

  /** What it takes, texts of any length that it has positions for. */
  TextTransformerConfig.Input input(TextTower.Padding padding) {
    return new TextTransformerConfig.Input(vocabulary, types, positions, positions, padId, padding);
  }

  /** In words, e.g. {@code BERT 12x768}. */
  String description() {
    return "BERT %dx%d".formatted(transformer.layers(), transformer.width());
  }
}
