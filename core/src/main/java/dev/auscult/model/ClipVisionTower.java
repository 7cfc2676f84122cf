package dev.auscult.model;

import dev.auscult.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CLIP's vision transformer (Radford 2021, section 2.4): patches and a class token, a normalisation
 * before the blocks, the class token's final state projected into the shared space.
 *
 * @param config its sizes
 * @param patchWeight {@code [d, channels, patch, patch]}
 * @param classEmbedding {@code [d]}
 * @param positions {@code [patches + 1, d]}, the class token first
 * @param projection {@code [dimension, d]}
 */
public record ClipVisionTower(
    ClipConfig.Vision config,
    Tensor patchWeight,
    Tensor classEmbedding,
    Tensor positions,
    LayerNorm inputNorm,
    List<TransformerBlock> blocks,
    LayerNorm outputNorm,
    Linear projection)
    implements ImageTower {

  /** Copies the list. */
  public ClipVisionTower {
    blocks = List.copyOf(blocks);
  }

  /** The tower whose tensors have Hugging Face's names. */
  static ClipVisionTower of(ClipConfig.Vision config, Parameters parameters) {
    double epsilon = config.transformer().layerNormEpsilon();
    return new ClipVisionTower(
        config,
        parameters.get("vision_model.embeddings.patch_embedding.weight"),
        parameters.get("vision_model.embeddings.class_embedding"),
        parameters.get("vision_model.embeddings.position_embedding.weight"),
        LayerNorm.of(parameters, "vision_model.pre_layrnorm", epsilon),
        BlockFormat.CLIP.blocks(parameters, "vision_model.encoder.layers.", config.transformer()),
        LayerNorm.of(parameters, "vision_model.post_layernorm", epsilon),
        new Linear(parameters.get("visual_projection.weight"), null));
  }

  @Override
  public PatchGrid grid() {
    return config.grid();
  }

  @Override
  public int channels() {
    return config.channels();
  }

  @Override
  public int dimension() {
    return (int) projection.weight().size(0);
  }

  @Override
  public long activations() {
    return (long) (config.grid().count() + 1) * config.transformer().intermediate();
  }

  @Override
  public boolean dropsPatches() {
    return true;
  }

  @Override
  public Tensor forward(Tensor pixels, @Nullable Tensor kept) {
    Tensor embedded = embed(pixels.to(patchWeight.dtype()));
    Tensor state = inputNorm.forward(kept == null ? embedded : Patches.keep(embedded, kept, 1));
    long[] classPosition = new long[(int) state.size(0)];
    Tensor classState = TransformerBlock.read(blocks, state, null, classPosition, null);
    return projection.forward(outputNorm.forward(classState));
  }

  /**
   * Embeds whole images.
   *
   * @param pixels {@code [n, channels, size, size]}
   * @return {@code [n, dimension]}, not normalised
   */
  public Tensor forward(Tensor pixels) {
    return forward(pixels, null);
  }

  /** {@code [n, channels, size, size]} to {@code [n, 1 + patches, d]}. */
  private Tensor embed(Tensor pixels) {
    long images = pixels.size(0);
    long width = classEmbedding.size(0);
    Tensor patches = Patches.embed(pixels, patchWeight);
    Tensor classToken = classEmbedding.reshape(1, 1, width).expand(images, 1, width);
    return Tensor.cat(List.of(classToken, patches), 1).add(positions);
  }
}
