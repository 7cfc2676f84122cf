package dev.auscult.image.lettering;

/** How the dots of a letter become ink. */
public enum Typeface {
  /** Each dot a square of whole pixels, as phantoms have it. */
  DOTS(0),
  /** Neighbouring dots joined by the stroke of a round pen, with smooth edges. */
  PEN(0.9),
  /** The same with a thin pen. */
  THIN(0.5),
  /** The same with a broad pen. */
  BOLD(1.35);

  private final double pen;

  Typeface(double pen) {
    this.pen = pen;
  }

  /** The width of the pen in dots; 0 where there is none. */
  double pen() {
    return pen;
  }

  /** The nearest dot size in pixels that this typeface can be drawn in, at least 1. */
  double dotSize(double pixels) {
    return this == DOTS ? Math.max(1, Math.rint(pixels)) : Math.max(1, pixels);
  }

  /** The next smaller dot size to try where {@code pixels} is too large. */
  double smaller(double pixels) {
    return this == DOTS ? pixels - 1 : 0.9 * pixels;
  }

  /** As written in options and files. */
  public String term() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
