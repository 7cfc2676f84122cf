package dev.auscult.data.phantom;

/**
 * How the body lies in the image. Body coordinates: x is signed from the midline, positive to the
 * patient's left (the right of the image); y runs down; both are fractions of the image side.
 */
final class Frame {
  final int size;
  private final double scale;
  private final double dx;
  private final double dy;
  private final double shear;

  private Frame(int size, double scale, double dx, double dy, double shear) {
    this.size = size;
    this.scale = scale;
    this.dx = dx;
    this.dy = dy;
    this.shear = shear;
  }

  static Frame of(int size, Draw draw) {
    return new Frame(
        size,
        draw.uniform(0.95, 1.04),
        draw.uniform(-0.022, 0.022),
        draw.uniform(-0.02, 0.02),
        draw.uniform(-0.035, 0.035));
  }

  /** The side of a pixel in body units. */
  double pixel() {
    return 1.0 / (size * scale);
  }

  double bodyY(int row) {
    return ((row + 0.5) / size - 0.5 - dy) / scale + 0.5;
  }

  /** The body x of column 0 of a row; each column adds {@link #pixel()}. */
  double bodyX0(double y) {
    return (0.5 / size - 0.5 - dx) / scale - shear * (y - 0.5);
  }

  double column(double x, double y) {
    return ((x + shear * (y - 0.5)) * scale + 0.5 + dx) * size - 0.5;
  }

  double row(double y) {
    return ((y - 0.5) * scale + 0.5 + dy) * size - 0.5;
  }

  /** A body length in pixels. */
  double pixels(double length) {
    return length * scale * size;
  }
}
