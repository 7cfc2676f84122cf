package dev.auscult.image.lettering;

import java.util.Locale;

/** In which corner of the image a text stands. */
public enum Corner {
  /** Upper left. */
  TOP_LEFT,
  /** Upper right. */
  TOP_RIGHT,
  /** Lower left. */
  BOTTOM_LEFT,
  /** Lower right. */
  BOTTOM_RIGHT;

  /** Whether it is one of the two on the right. */
  public boolean isRight() {
    return this == TOP_RIGHT || this == BOTTOM_RIGHT;
  }

  /** Whether it is one of the two below. */
  public boolean isBottom() {
    return this == BOTTOM_LEFT || this == BOTTOM_RIGHT;
  }

  /** As written in options and files, e.g. {@code top-left}. */
  public String term() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
