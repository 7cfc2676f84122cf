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
   * @param convolution its weight {@code [d, channels, patch, patch]}
   * @return {@code [n, patches, d]}, row by row from the top left
   */
  static Tensor embed(Tensor pixels, Linear convolution) {
    Tensor weight = convolution.weight();
    long patch = weight.size(3);
    long channels = weight.size(1);
    long side = pixels.size(3) / patch;
    Tensor cut =
        pixels
            .reshape(pixels.size(0), channels, side, patch, side, patch)
            .permute(0, 2, 4, 1, 3, 5)
            .reshape(pixels.size(0), side * side, channels * patch * patch);
    return Functions.linear(cut, weight.reshape(weight.size(0), -1), convolution.bias());
  }

  /**
   * Leaves patches out of a sequence.
   *
   * @param sequence {@code [n, leading + patches, d]}
   * @param kept {@code [n, k]} int64, the patches that stay
   * @param leading how many tokens before the patches stay always
   * @return {@code [n, leading + k, d]}
   */
  static Tensor keep(Tensor sequence, Tensor kept, int leading) {
    int images = (int) sequence.size(0);
    long length = sequence.size(1);
    int each = (int) kept.size(1);
    long[] patches = kept.toLongs();
    long[] rows = new long[images * (leading + each)];
    int at = 0;
    for (int image = 0; image < images; image++) {
      for (int token = 0; token < leading; token++) {
        rows[at++] = image * length + token;
      }
      for (int patch = 0; patch < each; patch++) {
        rows[at++] = image * length + leading + patches[image * each + patch];
      }
    }
    return sequence
        .reshape(-1, sequence.size(2))
        .indexSelect(0, Tensor.of(rows, rows.length))
        .reshape(images, leading + each, sequence.size(2));
  }
}
