package dev.auscult.overlay;

import dev.auscult.image.lettering.Contrast;
import dev.auscult.image.lettering.Corner;
import java.util.Locale;

/**
 * How a text looks.
 *
 * @param size height of its capital letters as a share of the central square's side
 * @param corner where it stands
 * @param contrast how it stands out
 */
public record Condition(double size, Corner corner, Contrast contrast) {

  /** In words, e.g. {@code 11.0 %, top-left, white-on-black}. */
  public String label() {
    return String.format(
        Locale.ROOT, "%.1f %%, %s, %s", 100 * size, corner.term(), contrast.term());
  }
}
