package dev.auscult.model;

import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text transformer: CLIP's causal one (Radford 2021, section 2.4), BERT (Devlin 2019) and
 * SigLIP's (Zhai 2023) by configuration.
 *
 * @param config its architecture
 * @param embedding what enters the blocks
 * @param outputNorm after the blocks, or null for none
 * @param projection from the pooled state into the shared space
 */
public record TextTransformer(
    TextTransformerConfig config,
    TextEmbedding embedding,
    List<TransformerBlock> blocks,
    @Nullable LayerNorm outputNorm,
    Projection projection)
    implements TextTower {

  /** Copies the list. */
  public TextTransformer {
    blocks = List.copyOf(blocks);
  }

  /**
   * What is added to attention scores; null for nothing.
   *
   * @param all at every position, broadcast to {@code [n, heads, length, length]}
   * @param read at the position that is read, broadcast to {@code [n, heads, 1, length]}
   */
  private record Masks(@Nullable Tensor all, @Nullable Tensor read) {}

  /** The same encoder with other blocks. */
  TextTransformer with(List<TransformerBlock> others) {
    return new TextTransformer(config, embedding, others, outputNorm, projection);
  }

  /** Features of a token. */
  public long width() {
    return embedding.width();
  }

  @Override
  public int vocabulary() {
    return config.input().vocabulary();
  }

  @Override
  public int context() {
    return config.input().context();
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
  public Padding padding() {
    return config.input().padding();
  }

  @Override
  public int padId() {
    return Math.min(config.input().padId(), vocabulary() - 1);
  }

  @Override
  public int pooledPosition(int[] ids) {
    return config.pooling().position(ids);
  }

  @Override
  public long activations(int length) {
    return (long) length * config.transformer().intermediate();
  }

  @Override
  public Tensor forward(TokenBatch batch) {
    return forward(new WordBatch(embedding.words(batch.ids()), batch.present(), batch.pooled()));
  }

  /**
   * Embeds texts of which the vectors of tokens are given, learnt ones perhaps.
   *
   * @return {@code [n, dimension]}, not normalised
   */
  Tensor forward(WordBatch batch) {
    Tensor state = embedding.place(batch.words(), 0);
    return project(
        config.pooling() instanceof TextPooling.MeanOfLayers mean
            ? mean(mean, state, batch)
            : read(state, batch));
  }

  /** From pooled states into the shared space. */
  Tensor project(Tensor pooled) {
    return projection.forward(outputNorm == null ? pooled : outputNorm.forward(pooled));
  }

  private Tensor read(Tensor state, WordBatch batch) {
    Masks masks = masks(batch, state);
    long[] places = batch.pooled().toLongs();
    if (config.pooling() == TextPooling.Place.CONTEXT_END) {
      Arrays.fill(places, state.size(1) - 1);
    }
    return TransformerBlock.read(blocks, state, masks.all, places, masks.read);
  }

  /** The mean over the tokens present and over layers, {@code [n, d]}. */
  private Tensor mean(TextPooling.MeanOfLayers pooling, Tensor input, WordBatch batch) {
    Masks masks = masks(batch, input);
    Tensor present = batch.present().to(input.dtype()).unsqueeze(1);
    Tensor count = present.sum(2).multiply(pooling.layers().size());
    Tensor state = input;
    Tensor sum = Tensor.zeros(input.size(0), input.size(2)).to(input.dtype());
    for (int layer = 0; layer <= blocks.size(); layer++) {
      state = layer == 0 ? state : blocks.get(layer - 1).forward(state, masks.all);
      int weight = pooling.weight(layer, blocks.size());
      if (weight > 0) {
        sum = sum.add(present.matmul(state).reshape(sum.shape()).multiply(weight));
      }
    }
    return sum.divide(count);
  }

  private Masks masks(WordBatch batch, Tensor state) {
    long length = state.size(1);
    return switch (padding()) {
      case CUT -> {
        Tensor causal = Functions.causalMask(length, state.dtype());
        Tensor rows = causal.indexSelect(0, batch.pooled());
        yield new Masks(causal, rows.reshape(-1, 1, 1, length));
      }
      case HIDDEN -> {
        Tensor keys = Functions.presenceMask(batch.present(), state.dtype());
        yield new Masks(keys, keys);
      }
      case READ ->
          embedding.classToken() == null ? new Masks(null, null) : classTokenMasks(batch, state);
    };
  }

  /**
   * Text is causal; the class token sees the text and, as CoCa was trained, the first filled
   * position after it: the published mask is off by one, and embeddings depend on it.
   */
  private static Masks classTokenMasks(WordBatch batch, Tensor state) {
    Tensor first = Tensor.full(1, state.size(0), 1);
    Tensor seen = Tensor.cat(List.of(first, batch.present()), 1);
    Tensor keys = Functions.presenceMask(seen, state.dtype());
    return new Masks(Functions.causalMask(state.size(1), state.dtype()).add(keys), keys);
  }
}
