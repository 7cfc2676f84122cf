package dev.auscult.model;

import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Tensor;

/** Cuts images into square patches that do not overlap. */
final class Patches {
  private Patches() {}

  /**
   * A convolution whose stride is its size, as one matrix product.
   *
   * @param pixels {@code [n, channels, size, size]}
   * @param weight {@code [d, channels, patch, patch]}
   * @return {@code [n, patches, d]}, row by row from the top left
   */
  static Tensor embed(Tensor pixels, Tensor weight) {
    long patch = weight.size(3);
    long channels = weight.size(1);
    long side = pixels.size(3) / patch;
    Tensor cut =
        pixels
            .reshape(pixels.size(0), channels, side, patch, side, patch)
            .permute(0, 2, 4, 1, 3, 5)
            .reshape(pixels.size(0), side * side, channels * patch * patch);
    return Functions.linear(cut, weight.reshape(weight.size(0), -1), null);
  }
}
