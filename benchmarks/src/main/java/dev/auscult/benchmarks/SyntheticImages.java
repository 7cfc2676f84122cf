package dev.auscult.benchmarks;

import dev.auscult.image.PixelBatch;

/** Images that drivers in other languages make as well. */
final class SyntheticImages {
  private SyntheticImages() {}

  /** Values sin(0.001 i) over the flattened batch {@code [count, 3, size, size]}. */
  static PixelBatch of(int count, int size) {
    float[] values = new float[count * 3 * size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(.001 * i);
    }
    return new PixelBatch(count, 3, size, size, values);
  }
}
