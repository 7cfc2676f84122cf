package dev.auscult.model;

import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Blocks over one map, and what halves the map after them.
 *
 * @param order where the pixels of the result, or of the squares to merge, stand in the last
 *     block's output, {@code [h w]} int64
 * @param merging null after the last stage
 */
record SwinStage(List<WindowBlock> blocks, Tensor order, @Nullable PatchMerging merging) {

  /** Copies the list. */
  SwinStage {
    blocks = List.copyOf(blocks);
  }

  /**
   * A block whose attention stays within windows.
   *
   * @param order where the pixels of its windows stand in its input, {@code [h w]} int64
   * @param block over {@code [n windows, pixels of a window, d]}
   * @param bias added to the attention scores, {@code [1 or windows, heads, pixels, pixels]}
   */
  record WindowBlock(Tensor order, TransformerBlock block, Tensor bias) {

    /** {@code [n, h w, d]} to the same shape, in the order of its windows. */
    Tensor forward(Tensor map) {
      try (Scope scope = Scope.open()) {
        Tensor windows = map.indexSelect(1, order).reshape(-1, bias.size(3), map.size(2));
        Tensor transformed = block.forward(windows, biases(map.size(0)));
        return scope.keep(transformed.reshape(map.size(0), map.size(1), map.size(2)));
      }
    }

    /** The biases of all images' windows, where they differ between windows. */
    private Tensor biases(long images) {
      long windows = bias.size(0);
      if (windows == 1) {
        return bias;
      }
      return bias.unsqueeze(0)
          .expand(images, -1, -1, -1, -1)
          .reshape(images * windows, bias.size(1), bias.size(2), bias.size(3));
    }
  }

  /**
   * Makes one pixel of a square of four.
   *
   * @param norm of all their features
   * @param reduction to half as many
   */
  record PatchMerging(LayerNorm norm, Linear reduction) {

    /** {@code [n, h w, d]}, square by square, to {@code [n, h w / 4, 2 d]}. */
    Tensor forward(Tensor squares) {
      return reduction.forward(
          norm.forward(squares.reshape(squares.size(0), -1, 4 * squares.size(2))));
    }
  }

  /** {@code [n, h w, d]} row by row to the next stage's input. */
  Tensor forward(Tensor input) {
    try (Scope scope = Scope.open()) {
      Tensor map =
          Scope.through(
              input, blocks.stream().<UnaryOperator<Tensor>>map(block -> block::forward).toList());
      Tensor ordered = map.indexSelect(1, order);
      return scope.keep(merging == null ? ordered : merging.forward(ordered));
    }
  }
}
