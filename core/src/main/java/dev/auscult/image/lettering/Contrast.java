package dev.auscult.image.lettering;

import java.util.Locale;
import java.util.OptionalInt;

/** How a text stands out from what is below it. */
public enum Contrast {
  /** White letters in a black box, as phantoms have it. */
  WHITE_ON_BLACK(250, 8, 1),
  /** Black letters in a white box. */
  BLACK_ON_WHITE(8, 250, 1),
  /** White letters on the image itself. */
  WHITE(250, -1, 1),
  /** A quarter of white over the image itself. */
  FAINT(250, -1, 0.25);

  private final int ink;
  private final int ground;
  private final double opacity;

  Contrast(int ink, int ground, double opacity) {
    this.ink = ink;
    this.ground = ground;
    this.opacity = opacity;
  }

  /** The gray level of the box; empty where there is none. */
  OptionalInt ground() {
    return ground < 0 ? OptionalInt.empty() : OptionalInt.of(ground);
  }

  /** What a level becomes under ink. */
  int inked(int level, double coverage) {
    return (int) Math.rint(level + opacity * coverage * (ink - level));
  }

  /** As written in options and files, e.g. {@code white-on-black}. */
  public String term() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
