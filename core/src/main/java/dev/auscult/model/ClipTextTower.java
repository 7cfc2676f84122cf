package dev.auscult.model;

import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Tensor;
import java.util.List;

/**
 * CLIP's text transformer (Radford 2021, section 2.4): causal, so that what follows the pooled
 * position, padding included, cannot change the embedding and needs no mask.
 *
 * @param tokens {@code [vocabulary, d]}
 * @param positions {@code [context, d]}
 * @param projection {@code [dimension, d]}
 */
public record ClipTextTower(
    Tensor tokens,
    Tensor positions,
    List<TransformerBlock> blocks,
    LayerNorm outputNorm,
    Linear projection) {

  /** Copies the list. */
  public ClipTextTower {
    blocks = List.copyOf(blocks);
  }

  /** The tower whose tensors have Hugging Face's names. */
  static ClipTextTower of(ClipConfig.Text config, Parameters parameters) {
    return new ClipTextTower(
        parameters.get("text_model.embeddings.token_embedding.weight"),
        parameters.get("text_model.embeddings.position_embedding.weight"),
        TransformerBlock.all(parameters, "text_model.encoder.layers.", config.transformer()),
        LayerNorm.of(
            parameters, "text_model.final_layer_norm", config.transformer().layerNormEpsilon()),
        new Linear(parameters.get("text_projection.weight"), null));
  }

  /**
   * Embeds texts.
   *
   * @param ids {@code [n, length]} int64, padded with any id
   * @param pooled {@code [n]} int64, the position of each row whose final state is its embedding
   * @return {@code [n, dimension]}, not normalised
   */
  public Tensor forward(Tensor ids, Tensor pooled) {
    long texts = ids.size(0);
    long length = ids.size(1);
    Tensor state = Functions.embedding(tokens, ids).add(positions.narrow(0, 0, length));
    Tensor mask = Functions.causalMask(length, state.dtype());
    Tensor last = TransformerBlock.forward(blocks, state, mask);
    Tensor rows = Tensor.of(rowStarts(texts, length), texts).add(pooled);
    Tensor read = last.reshape(texts * length, last.size(2)).indexSelect(0, rows);
    return projection.forward(outputNorm.forward(read));
  }

  private static long[] rowStarts(long texts, long length) {
    long[] starts = new long[(int) texts];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = i * length;
    }
    return starts;
  }
}
