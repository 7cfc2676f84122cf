package dev.auscult.data.phantom;

import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.List;

/**
 * Which symptom sketches to draw. The sketch at an index depends on the seed, the size and the
 * rule, never on {@code n}.
 *
 * @param n how many sketches, at least 1
 * @param seed from which everything is drawn
 * @param size the drawing's side in pixels, 48-1024
 * @param rule what the outcome depends on
 */
public record SketchConfig(int n, Seed seed, int size, OutcomeRule rule) {
  /** The side in pixels unless told otherwise. */
  public static final int DEFAULT_SIZE = 112;

  /** Checks the ranges. */
  public SketchConfig {
    if (n < 1) {
      throw new IllegalArgumentException("n is " + n + ", at least 1 is needed");
    }
    if (size < 48 || size > 1024) {
      throw new IllegalArgumentException("size is " + size + ", 48-1024 is possible");
    }
  }

  /** What identifies a sketch beside its index. */
  List<String> identity() {
    List<String> parts =
        new ArrayList<>(List.of(Long.toString(seed.value()), Integer.toString(size)));
    parts.addAll(rule.identity());
    return parts;
  }
}
