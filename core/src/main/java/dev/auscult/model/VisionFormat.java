package dev.auscult.model;

import dev.auscult.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * How a library builds a vision transformer around its blocks and what it calls the tensors.
 *
 * @param embedding what makes a sequence of an image
 * @param inputNorm the normalisation before the blocks; null for none
 * @param blocks what precedes a block's number
 * @param blockFormat the blocks
 * @param outputNorm the normalisation after the blocks
 */
public record VisionFormat(
    Embedding embedding,
    @Nullable String inputNorm,
    String blocks,
    BlockFormat blockFormat,
    String outputNorm) {

  /** Hugging Face's CLIP. */
  public static final VisionFormat CLIP =
      new VisionFormat(
          new Embedding(
              "embeddings.patch_embedding",
              false,
              "embeddings.class_embedding",
              "embeddings.position_embedding.weight",
              false),
          "pre_layrnorm",
          "encoder.layers.",
          BlockFormat.CLIP,
          "post_layernorm");

  /** Hugging Face's SigLIP. */
  public static final VisionFormat SIGLIP =
      new VisionFormat(
          new Embedding(
              "embeddings.patch_embedding",
              true,
              null,
              "embeddings.position_embedding.weight",
              false),
          null,
          "encoder.layers.",
          BlockFormat.CLIP,
          "post_layernorm");

  /** timm's vision transformer. */
  public static final VisionFormat TIMM =
      new VisionFormat(
          new Embedding("patch_embed.proj", true, "cls_token", "pos_embed", true),
          null,
          "blocks.",
          BlockFormat.TIMM,
          "norm");

  /** Hugging Face's DINOv2. */
  public static final VisionFormat DINOV2 =
      new VisionFormat(
          new Embedding(
              "embeddings.patch_embeddings.projection",
              true,
              "embeddings.cls_token",
              "embeddings.position_embeddings",
              true),
          null,
          "encoder.layer.",
          BlockFormat.DINOV2,
          "layernorm");

  /**
   * What makes a sequence of an image.
   *
   * @param patches the convolution
   * @param bias whether it has one
   * @param classToken the token before the patches; null for none
   * @param positions one vector for each token of the sequence
   * @param batched whether class token and positions are stored with the leading dimensions of a
   *     batch, {@code [1, tokens, d]}
   */
  public record Embedding(
      String patches,
      boolean bias,
      @Nullable String classToken,
      String positions,
      boolean batched) {

    /** How many tokens precede the patches. */
    int leading() {
      return classToken == null ? 0 : 1;
    }
  }

  /** The same without a class token. */
  public VisionFormat withoutClassToken() {
    return embeddedBy(
        new Embedding(
            embedding.patches, embedding.bias, null, embedding.positions, embedding.batched));
  }

  /** The same with a normalisation before the blocks, which makes the patches' bias redundant. */
  public VisionFormat normedBefore(String name) {
    VisionFormat unbiased =
        embeddedBy(
            new Embedding(
                embedding.patches,
                false,
                embedding.classToken,
                embedding.positions,
                embedding.batched));
    return new VisionFormat(unbiased.embedding, name, blocks, blockFormat, outputNorm);
  }

  /** The same with other blocks. */
  public VisionFormat builtOf(BlockFormat others) {
    return new VisionFormat(embedding, inputNorm, blocks, others, outputNorm);
  }

  /** The same with another name for the normalisation after the blocks. */
  public VisionFormat normedBy(String name) {
    return new VisionFormat(embedding, inputNorm, blocks, blockFormat, name);
  }

  private VisionFormat embeddedBy(Embedding other) {
    return new VisionFormat(other, inputNorm, blocks, blockFormat, outputNorm);
  }

  /** The tower whose own tensors are called {@code prefix} and the format's names. */
  VisionTransformer tower(VisionTransformerConfig config, Parameters parameters, String prefix) {
    double epsilon = config.transformer().layerNormEpsilon();
    String patches = prefix + embedding.patches;
    return new VisionTransformer(
        config,
        embedding.bias ? Linear.of(parameters, patches) : Linear.withoutBias(parameters, patches),
        embedding.classToken == null ? null : parameters.get(prefix + embedding.classToken),
        positions(config, parameters, prefix),
        inputNorm == null ? null : LayerNorm.of(parameters, prefix + inputNorm, epsilon),
        blockFormat.blocks(parameters, prefix + blocks, config.transformer()),
        LayerNorm.of(parameters, prefix + outputNorm, epsilon),
        config.pooling() instanceof ImagePooling.Attention attention
            ? attention.of(parameters, config.transformer())
            : null,
        config.projection().of(parameters));
  }

  private Tensor positions(VisionTransformerConfig config, Parameters parameters, String prefix) {
    String name = prefix + embedding.positions;
    PatchPositions positions = config.positions();
    int side = config.grid().side();
    return side == positions.side()
        ? parameters.get(name)
        : parameters.derive(
            () ->
                positions
                    .onto(side, parameters.once(name), embedding.leading())
                    .to(parameters.dtype()));
  }

  /** Adds the tensors of a tower without its pooling and projection. */
  void putShapes(TensorShapes shapes, VisionTransformerConfig config, String prefix) {
    long width = config.transformer().width();
    long patch = config.grid().patchSize();
    long side = config.positions().side();
    long tokens = side * side + embedding.leading();
    String patches = prefix + embedding.patches;
    shapes.tensor(patches + ".weight", width, config.channels(), patch, patch);
    if (embedding.bias) {
      shapes.tensor(patches + ".bias", width);
    }
    if (embedding.classToken != null) {
      String name = prefix + embedding.classToken;
      shapes.tensor(name, embedding.batched ? new long[] {1, 1, width} : new long[] {width});
    }
    shapes.tensor(
        prefix + embedding.positions,
        embedding.batched ? new long[] {1, tokens, width} : new long[] {tokens, width});
    if (inputNorm != null) {
      shapes.norm(prefix + inputNorm, width);
    }
    blockFormat.putShapes(shapes, prefix + blocks, config.transformer());
    shapes.norm(prefix + outputNorm, width);
  }
}
