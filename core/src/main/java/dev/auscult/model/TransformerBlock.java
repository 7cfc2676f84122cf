package dev.auscult.model;

import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A block: attention between the positions, then a feed-forward layer at each, both as branches of
 * a residual stream.
 */
public record TransformerBlock(
    Residual aroundAttention,
    MultiHeadAttention attention,
    Residual aroundFeedForward,
    FeedForward feedForward) {

  /** The same block with other maps to queries, keys and values. */
  TransformerBlock with(QueryKeyValue inputs) {
    return new TransformerBlock(
        aroundAttention,
        new MultiHeadAttention(inputs, attention.output(), attention.heads()),
        aroundFeedForward,
        feedForward);
  }

  /**
   * Applies blocks one after another to every position.
   *
   * @param input {@code [n, length, d]}
   * @param mask added to the attention scores, broadcast to {@code [n, heads, length, length]};
   *     null for none
   * @return {@code [n, length, d]}
   */
  static Tensor forward(List<TransformerBlock> blocks, Tensor input, @Nullable Tensor mask) {
    return Scope.through(
        input,
        blocks.stream()
            .<UnaryOperator<Tensor>>map(block -> state -> block.forward(state, mask))
            .toList());
  }

  /**
   * Applies blocks one after another and reads one position of each row; the last block computes
   * nothing else.
   *
   * @param input {@code [n, length, d]}
   * @param mask added to the attention scores, broadcast to {@code [n, heads, length, length]};
   *     null for none
   * @param position {@code [n]} which position is read
   * @param positionMask the same at these positions, broadcast to {@code [n, heads, 1, length]}
   * @return {@code [n, d]}
   */
  static Tensor read(
      List<TransformerBlock> blocks,
      Tensor input,
      @Nullable Tensor mask,
      long[] position,
      @Nullable Tensor positionMask) {
    long length = input.size(1);
    Tensor rows = rows(position, length);
    if (blocks.isEmpty()) {
      return select(input, rows).reshape(position.length, -1);
    }
    int last = blocks.size() - 1;
    Tensor state = forward(blocks.subList(0, last), input, mask);
    return blocks.get(last).read(state, rows, positionMask).reshape(position.length, -1);
  }

  /** The number of one position of each row among all positions, {@code [n]}. */
  static Tensor rows(long[] position, long length) {
    return Tensor.of(
        IntStream.range(0, position.length).mapToLong(i -> i * length + position[i]).toArray(),
        position.length);
  }

  /** {@code [n, length, d]} to {@code [n, 1, d]}, by rows of the flattened input. */
  static Tensor select(Tensor input, Tensor rows) {
    return input.reshape(-1, input.size(2)).indexSelect(0, rows).unsqueeze(1);
  }

  /**
   * Applies the block to every position. What it computes on the way is freed at once, except where
   * a gradient needs it.
   *
   * @param input {@code [n, length, d]}
   * @param mask as in {@link #read(List, Tensor, Tensor, long[], Tensor)}
   * @return {@code [n, length, d]}
   */
  public Tensor forward(Tensor input, @Nullable Tensor mask) {
    try (Scope scope = Scope.open()) {
      return scope.keep(leave(input, attend(input, mask)));
    }
  }

  /** What the block makes of a stream and what was attended to from it. */
  Tensor leave(Tensor stream, Tensor attended) {
    return transform(aroundAttention.join(stream, attended));
  }

  private Tensor attend(Tensor input, @Nullable Tensor mask) {
    try (Scope scope = Scope.open()) {
      Tensor entered = aroundAttention.enter(input);
      return scope.keep(attention.forward(entered, entered, mask));
    }
  }

  private Tensor transform(Tensor input) {
    try (Scope scope = Scope.open()) {
      Tensor transformed = feedForward.forward(aroundFeedForward.enter(input));
      return scope.keep(aroundFeedForward.join(input, transformed));
    }
  }

  /** Applies the block to one position per row, {@code [n, 1, d]}. */
  private Tensor read(Tensor input, Tensor rows, @Nullable Tensor mask) {
    try (Scope scope = Scope.open()) {
      Tensor entered = aroundAttention.enter(input);
      Tensor attended = attention.forward(select(entered, rows), entered, mask);
      return scope.keep(leave(select(input, rows), attended));
    }
  }
}
