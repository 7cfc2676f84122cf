package dev.auscult.model;

import dev.auscult.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vision transformer (Dosovitskiy 2021): CLIP's (Radford 2021, section 2.4), timm's, SigLIP's and
 * DINOv2's by configuration.
 *
 * @param config its architecture
 * @param patches the convolution, its weight {@code [d, channels, patch, patch]}
 * @param classToken {@code [..., d]}, before the patches, or null for none
 * @param positions {@code [..., tokens, d]}, the class token first
 * @param inputNorm before the blocks, or null for none
 * @param outputNorm after the blocks
 * @param attentionPool null where the pooling has no parameters
 * @param projection from the pooled state into the shared space
 */
public record VisionTransformer(
    VisionTransformerConfig config,
    Linear patches,
    @Nullable Tensor classToken,
    Tensor positions,
    @Nullable LayerNorm inputNorm,
    List<TransformerBlock> blocks,
    LayerNorm outputNorm,
    @Nullable AttentionPool attentionPool,
    Projection projection)
    implements ImageTower {

  /** Copies the list. */
  public VisionTransformer {
    blocks = List.copyOf(blocks);
  }

  /** The same encoder with other blocks. */
  VisionTransformer with(List<TransformerBlock> others) {
    return new VisionTransformer(
        config,
        patches,
        classToken,
        positions,
        inputNorm,
        others,
        outputNorm,
        attentionPool,
        projection);
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
    return projection.dimension();
  }

  @Override
  public String head() {
    return config.projection().description(config.pooling().words());
  }

  @Override
  public long activations() {
    return (long) (config.grid().count() + 1) * config.transformer().intermediate();
  }

  /** All but means: the mean of no patch at all is nothing. */
  @Override
  public boolean dropsPatches() {
    return config.pooling() == ImagePooling.Simple.CLASS_TOKEN || attentionPool != null;
  }

  @Override
  public Tensor forward(Tensor pixels, @Nullable Tensor kept) {
    Tensor embedded = embed(pixels.to(patches.weight().dtype()));
    Tensor seen = kept == null ? embedded : Patches.keep(embedded, kept, leading());
    Tensor pooled = pool(inputNorm == null ? seen : inputNorm.forward(seen));
    return projection.forward(pooled);
  }

  /** {@code [n, channels, size, size]} to {@code [n, tokens, d]}. */
  private Tensor embed(Tensor pixels) {
    long images = pixels.size(0);
    Tensor embedded = Patches.embed(pixels, patches);
    if (classToken != null) {
      long width = embedded.size(2);
      Tensor token = classToken.reshape(1, 1, width).expand(images, 1, width);
      embedded = Tensor.cat(List.of(token, embedded), 1);
    }
    return embedded.add(positions);
  }

  /** How many tokens precede the patches. */
  private int leading() {
    return classToken == null ? 0 : 1;
  }

  /** {@code [n, tokens, d]} to {@code [n, d]}. */
  private Tensor pool(Tensor input) {
    if (config.pooling() == ImagePooling.Simple.CLASS_TOKEN) {
      long[] first = new long[(int) input.size(0)];
      return outputNorm.forward(TransformerBlock.read(blocks, input, null, first, null));
    }
    Tensor states = TransformerBlock.forward(blocks, input, null);
    if (config.pooling() == ImagePooling.Simple.NORMED_MEAN) {
      return outputNorm.forward(withoutClassToken(states).mean(1));
    }
    Tensor normed = outputNorm.forward(states);
    if (config.pooling() instanceof ImagePooling.Attention attention && attentionPool != null) {
      boolean all = attention.format().asksClassToken();
      return attentionPool.forward(all ? normed : withoutClassToken(normed));
    }
    return withoutClassToken(normed).mean(1);
  }

  private Tensor withoutClassToken(Tensor states) {
    return states.narrow(1, leading(), states.size(1) - leading());
  }
}
