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

  /**
   * Applies blocks one after another and reads one position of each row; the last block computes
   * nothing else.
   *
   * @param input {@code [n, length, d]}
   * @param mask added to the attention scores, {@code [length, length]}; null for none
   * @param position {@code [n]} which position is read
   * @param positionMask the rows of {@code mask} at these positions, {@code [n, 1, 1, length]}
   * @return {@code [n, d]}
   */
  static Tensor read(
      List<TransformerBlock> blocks,
      Tensor input,
      @Nullable Tensor mask,
      long[] position,
      @Nullable Tensor positionMask) {
    long length = input.size(1);
    Tensor rows =
        Tensor.of(
            IntStream.range(0, position.length).mapToLong(i -> i * length + position[i]).toArray(),
            position.length);
    if (blocks.isEmpty()) {
      return select(input, rows).reshape(position.length, -1);
    }
    int last = blocks.size() - 1;
    Tensor state = input;
    for (TransformerBlock block : blocks.subList(0, last)) {
      state = block.forward(state, mask);
    }
    return blocks.get(last).read(state, rows, positionMask).reshape(position.length, -1);
  }

  /** {@code [n, length, d]} to {@code [n, 1, d]}, by rows of the flattened input. */
  private static Tensor select(Tensor input, Tensor rows) {
    return input.reshape(-1, input.size(2)).indexSelect(0, rows).unsqueeze(1);
  }

  /**
   * Applies the block to every position. What it computes on the way is freed at once, except where
   * a gradient needs it.
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
      Tensor normed = attentionNorm.forward(input);
      return scope.keep(attention.forward(normed, normed, mask));
    }
  }

  private Tensor transform(Tensor input) {
    try (Scope scope = Scope.open()) {
      return scope.keep(feedForward.forward(feedForwardNorm.forward(input)));
    }
  }

  /** Applies the block to one position per row, {@code [n, 1, d]}. */
  private Tensor read(Tensor input, Tensor rows, @Nullable Tensor mask) {
    try (Scope scope = Scope.open()) {
      Tensor normed = attentionNorm.forward(input);
      Tensor attended =
          select(input, rows).add(attention.forward(select(normed, rows), normed, mask));
      return scope.keep(attended.add(transform(attended)));
    }
  }
}
