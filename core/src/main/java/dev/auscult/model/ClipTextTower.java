package dev.auscult.model;

import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Tensor;
import java.util.List;

/**
 * CLIP's text transformer (Radford 2021, section 2.4): causal, so that what follows the pooled
 * position, padding included, cannot change the embedding and needs no mask.
 *
 * @param config its sizes
 * @param tokens {@code [vocabulary, d]}
 * @param positions {@code [context, d]}
 * @param projection {@code [dimension, d]}
 */
public record ClipTextTower(
    ClipConfig.Text config,
    Tensor tokens,
    Tensor positions,
    List<TransformerBlock> blocks,
    LayerNorm outputNorm,
    Linear projection)
    implements TextTower {

  /** Copies the list. */
  public ClipTextTower {
    blocks = List.copyOf(blocks);
  }

  /** The tower whose tensors have Hugging Face's names. */
  static ClipTextTower of(ClipConfig.Text config, Parameters parameters) {
    return new ClipTextTower(
        config,
        parameters.get("text_model.embeddings.token_embedding.weight"),
        parameters.get("text_model.embeddings.position_embedding.weight"),
        TransformerBlock.all(parameters, "text_model.encoder.layers.", config.transformer()),
        LayerNorm.of(
            parameters, "text_model.final_layer_norm", config.transformer().layerNormEpsilon()),
        new Linear(parameters.get("text_projection.weight"), null));
  }

  @Override
  public int vocabulary() {
    return config.vocabulary();
  }

  @Override
  public int context() {
    return config.context();
  }

  @Override
  public int dimension() {
    return (int) projection.weight().size(0);
  }

  @Override
  public Padding padding() {
    return Padding.CUT;
  }

  @Override
  public int padId() {
    return Math.min(config.padId(), config.vocabulary() - 1);
  }

  @Override
  public int pooledPosition(int[] ids) {
    return config.pooledPosition(ids);
  }

  @Override
  public long activations(int length) {
    return (long) length * config.transformer().intermediate();
  }

  @Override
  public Tensor forward(TokenBatch batch) {
    return forward(batch.ids(), batch.pooled());
  }

  /**
   * Embeds texts.
   *
   * @param ids {@code [n, length]} int64, padded with any id
   * @param pooled {@code [n]} int64, the position of each row whose final state is its embedding
   * @return {@code [n, dimension]}, not normalised
   */
  public Tensor forward(Tensor ids, Tensor pooled) {
    long length = ids.size(1);
    Tensor state = Functions.embedding(tokens, ids).add(positions.narrow(0, 0, length));
    Tensor mask = Functions.causalMask(length, state.dtype());
    Tensor pooledMask = mask.indexSelect(0, pooled).reshape(-1, 1, 1, length);
    Tensor read = TransformerBlock.read(blocks, state, mask, pooled.toLongs(), pooledMask);
    return projection.forward(outputNorm.forward(read));
  }
}
