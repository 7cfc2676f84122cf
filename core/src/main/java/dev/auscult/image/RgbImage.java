package dev.auscult.image;

/** Decoded 8-bit pixels, interleaved red, green, blue, row by row from the top left. */
public final class RgbImage {
  private final int width;
  private final int height;
  private final byte[] rgb;

  /** Takes ownership of {@code rgb}, {@code 3 * width * height} bytes. */
  public RgbImage(int width, int height, byte[] rgb) {
    if (width < 1 || height < 1 || 3L * width * height != rgb.length) {
      throw new IllegalArgumentException(
          "%d bytes do not fill %d x %d RGB pixels".formatted(rgb.length, width, height));
    }
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  /** Pixels across. */
  public int width() {
    return width;
  }

  /** Pixels down. */
  public int height() {
    return height;
  }

  /**
   * One sample, 0-255.
   *
   * @param channel 0 red, 1 green, 2 blue
   */
  public int sample(int x, int y, int channel) {
    return rgb[(y * width + x) * 3 + channel] & 0xff;
  }

  /** The interleaved bytes themselves; this package only reads them. */
  byte[] bytes() {
    return rgb;
  }

  /** A copy of the interleaved bytes. */
  public byte[] toBytes() {
    return rgb.clone();
  }
}
