package dev.auscult.model;

import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A pre-norm block: {@code x + attention(norm(x))}, then {@code x + feedForward(norm(x))}. */
public record TransformerBlock(
    LayerNorm attentionNorm,
    SelfAttention attention,
    LayerNorm feedForwardNorm,
    FeedForward feedForward) {

  /** The block at {@code name}, in CLIP's naming. */
  static TransformerBlock of(Parameters parameters, String name, TransformerConfig config) {
    return new TransformerBlock(
        LayerNorm.of(parameters, name + ".layer_norm1", config.layerNormEpsilon()),
        SelfAttention.of(parameters, name + ".self_attn", config.heads()),
        LayerNorm.of(parameters, name + ".layer_norm2", config.layerNormEpsilon()),
        FeedForward.of(parameters, name + ".mlp", config.activation()));
  }

  /** Every block of a transformer, named by {@code prefix} and its number. */
  static List<TransformerBlock> all(
      Parameters parameters, String prefix, TransformerConfig config) {
    return IntStream.range(0, config.layers())
        .mapToObj(layer -> of(parameters, prefix + layer, config))
        .toList();
  }

  /** Applies blocks one after another. */
  static Tensor forward(List<TransformerBlock> blocks, Tensor input, @Nullable Tensor mask) {
    Tensor state = input;
    for (TransformerBlock block : blocks) {
      state = block.forward(state, mask);
    }
    return state;
  }

  /**
   * What a block computes on the way is freed at once, except where a gradient needs it.
   *
   * @param input {@code [n, length, d]}
   * @param mask added to the attention scores, {@code [length, length]}; null for none
   * @return {@code [n, length, d]}
   */
  public Tensor forward(Tensor input, @Nullable Tensor mask) {
    try (Scope scope = Scope.open()) {
      Tensor attended = input.add(attend(input, mask));
      return scope.keep(attended.add(transform(attended)));
    }
  }

  private Tensor attend(Tensor input, @Nullable Tensor mask) {
    try (Scope scope = Scope.open()) {
      return scope.keep(attention.forward(attentionNorm.forward(input), mask));
    }
  }

  private Tensor transform(Tensor input) {
    try (Scope scope = Scope.open()) {
      return scope.keep(feedForward.forward(feedForwardNorm.forward(input)));
    }
  }
}
