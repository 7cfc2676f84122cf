package dev.auscult.image;

/**
 * Height and width in pixels, in the order of Hugging Face configurations.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record PixelSize(int height, int width) {

  /** Checks that both are positive. */
  public PixelSize {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("not a picture's size: %d x %d".formatted(height, width));
    }
  }

  /** A square. */
  public static PixelSize square(int side) {
    return new PixelSize(side, side);
  }
}
