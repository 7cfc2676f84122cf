package dev.auscult.image;

import java.util.List;

/** Images as an encoder takes them: normalised floats {@code [n, channels, height, width]}. */
public final class PixelBatch {
  private final int count;
  private final int channels;
  private final int height;
  private final int width;
  private final float[] values;

  /** Takes ownership of {@code values}, {@code count * channels * height * width} floats. */
  public PixelBatch(int count, int channels, int height, int width, float[] values) {
    if ((long) count * channels * height * width != values.length) {
      throw new IllegalArgumentException(
          "%d values do not fill [%d, %d, %d, %d]"
              .formatted(values.length, count, channels, height, width));
    }
    this.count = count;
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.values = values;
  }

  /** Stacks images of one size into a batch. */
  public static PixelBatch stack(List<PixelBatch> images) {
    PixelBatch first = images.get(0);
    int total = images.stream().mapToInt(PixelBatch::count).sum();
    float[] joined = new float[Math.multiplyExact(total, first.valuesPerImage())];
    int at = 0;
    for (PixelBatch image : images) {
      if (image.channels != first.channels
          || image.height != first.height
          || image.width != first.width) {
        throw new IllegalArgumentException("images of different sizes in one batch");
      }
      System.arraycopy(image.values, 0, joined, at, image.values.length);
      at += image.values.length;
    }
    return new PixelBatch(total, first.channels, first.height, first.width, joined);
  }

  /** The number of images. */
  public int count() {
    return count;
  }

  /** Channels per image. */
  public int channels() {
    return channels;
  }

  /** Rows per channel. */
  public int height() {
    return height;
  }

  /** Columns per channel. */
  public int width() {
    return width;
  }

  /**
   * Checks that images are as a model takes them.
   *
   * @param side of the square input in pixels
   * @throws IllegalArgumentException unless each is {@code [channels, side, side]}
   */
  public void check(int channels, int side) {
    if (this.channels != channels || height != side || width != side) {
      throw new IllegalArgumentException(
          "images of [%d, %d, %d]; the model takes [%d, %d, %d]"
              .formatted(this.channels, height, width, channels, side, side));
    }
  }

  /** {@code channels * height * width}. */
  public int valuesPerImage() {
    return channels * height * width;
  }

  /**
   * The values themselves, not a copy: batches are large and handed straight to the engine. Callers
   * only read.
   */
  public float[] values() {
    return values;
  }
}
