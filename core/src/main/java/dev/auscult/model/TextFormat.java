package dev.auscult.model;

import org.jspecify.annotations.Nullable;

/**
 * How a library builds a text transformer around its blocks and what it calls the tensors.
 *
 * @param tokens the table of tokens
 * @param positions the table of positions
 * @param types the table of token types; null for none
 * @param classToken the token after the text; null for none
 * @param inputNorm the normalisation before the blocks; null for none
 * @param blocks what precedes a block's number
 * @param blockFormat the blocks
 * @param outputNorm the normalisation after the blocks; null for none
 */
public record TextFormat(
    String tokens,
    String positions,
    @Nullable String types,
    @Nullable String classToken,
    @Nullable String inputNorm,
    String blocks,
    BlockFormat blockFormat,
    @Nullable String outputNorm) {

  /** Hugging Face's CLIP and SigLIP. */
  public static final TextFormat CLIP =
      new TextFormat(
          "embeddings.token_embedding.weight",
          "embeddings.position_embedding.weight",
          null,
          null,
          null,
          "encoder.layers.",
          BlockFormat.CLIP,
          "final_layer_norm");

  /**
   * CoCa's as in CONCH: CLIP's with a class token after the text. Files have open_clip's names for
   * these tensors.
   */
  public static final TextFormat COCA =
      new TextFormat(
          CLIP.tokens,
          CLIP.positions,
          null,
          "embeddings.class_embedding",
          null,
          CLIP.blocks,
          CLIP.blockFormat,
          CLIP.outputNorm);

  /** Hugging Face's BERT. */
  public static final TextFormat BERT =
      new TextFormat(
          "embeddings.word_embeddings.weight",
          "embeddings.position_embeddings.weight",
          "embeddings.token_type_embeddings.weight",
          null,
          "embeddings.LayerNorm",
          "encoder.layer.",
          BlockFormat.BERT,
          null);

  /** The tower whose own tensors are called {@code prefix} and the format's names. */
  TextTransformer tower(TextTransformerConfig config, Parameters parameters, String prefix) {
    double epsilon = config.transformer().layerNormEpsilon();
    return new TextTransformer(
        config,
        new TextEmbedding(
            parameters.get(prefix + tokens),
            parameters.get(prefix + positions),
            types == null ? null : parameters.get(prefix + types),
            classToken == null ? null : parameters.get(prefix + classToken),
            inputNorm == null ? null : LayerNorm.of(parameters, prefix + inputNorm, epsilon)),
        blockFormat.blocks(parameters, prefix + blocks, config.transformer()),
        outputNorm == null ? null : LayerNorm.of(parameters, prefix + outputNorm, epsilon),
        config.projection().of(parameters));
  }

  /** Adds the tensors of a tower without its projection. */
  void putShapes(TensorShapes shapes, TextTransformerConfig config, String prefix) {
    long width = config.transformer().width();
    shapes.tensor(prefix + tokens, config.input().vocabulary(), width);
    shapes.tensor(prefix + positions, config.input().positions(), width);
    if (types != null) {
      shapes.tensor(prefix + types, config.input().types(), width);
    }
    if (classToken != null) {
      shapes.tensor(prefix + classToken, width);
    }
    if (inputNorm != null) {
      shapes.norm(prefix + inputNorm, width);
    }
    blockFormat.putShapes(shapes, prefix + blocks, config.transformer());
    if (outputNorm != null) {
      shapes.norm(prefix + outputNorm, width);
    }
  }
}
