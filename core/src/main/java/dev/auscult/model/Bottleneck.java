package dev.auscult.model;

import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A residual block of three convolutions (He 2015, figure 5 right), the middle one on a quarter of
 * the features.
 *
 * @param reduce to a quarter of the features
 * @param middle over neighbouring pixels
 * @param expand back to all features
 * @param shortcut what the input passes to meet their number and size; null for nothing
 * @param pooling side of the windows whose mean is taken before {@code expand} and {@code
 *     shortcut}, to make the map smaller without aliasing; 1 for none
 */
record Bottleneck(
    Convolution reduce,
    Convolution middle,
    Convolution expand,
    @Nullable Convolution shortcut,
    int pooling) {

  /** Features of a block's output for each feature of its middle. */
  static final int EXPANSION = 4;

  /** {@code [n, in, h, w]} to {@code [n, out, h', w']}. */
  Tensor forward(Tensor input) {
    try (Scope scope = Scope.open()) {
      Tensor branch = branch(input);
      Tensor stream = shortcut == null ? input : shortcut.forward(pooled(input));
      return scope.keep(Functions.rectify(Functions.accumulate(branch, stream)));
    }
  }

  private Tensor branch(Tensor input) {
    try (Scope scope = Scope.open()) {
      return scope.keep(expand.forward(pooled(middle.rectified(reduce.rectified(input)))));
    }
  }

  private Tensor pooled(Tensor map) {
    return pooling == 1 ? map : Functions.averagePool2d(map, pooling);
  }
}
