package dev.auscult.data.phantom;

import dev.auscult.base.Seed;

/**
 * What to draw. The phantom at an index depends on the seed and the size, never on {@code n};
 * overlay and cue modes change only the burned-in text and the question's opening phrase, so that
 * two configurations that differ in a mode give counterfactual pairs.
 *
 * @param n how many phantoms, at least 1
 * @param seed from which everything is drawn
 * @param size the image's side in pixels, 48-1024
 * @param overlay the burned-in text
 * @param cue the wording of the questions
 */
public record PhantomConfig(int n, Seed seed, int size, OverlayMode overlay, CueMode cue) {
  /** The side in pixels unless told otherwise. */
  public static final int DEFAULT_SIZE = 128;

  /** Checks the ranges. */
  public PhantomConfig {
    if (n < 1) {
      throw new IllegalArgumentException("n is " + n + ", at least 1 is needed");
    }
    if (size < 48 || size > 1024) {
      throw new IllegalArgumentException("size is " + size + ", 48-1024 is possible");
    }
  }

  /** Phantoms of the default size without shortcuts. */
  public static PhantomConfig of(int n, Seed seed) {
    return new PhantomConfig(n, seed, DEFAULT_SIZE, OverlayMode.NONE, CueMode.NONE);
  }

  /** The same with other burned-in text. */
  public PhantomConfig withOverlay(OverlayMode mode) {
    return new PhantomConfig(n, seed, size, mode, cue);
  }

  /** The same with other wording of the questions. */
  public PhantomConfig withCue(CueMode mode) {
    return new PhantomConfig(n, seed, size, overlay, mode);
  }

  /** The same in another size. */
  public PhantomConfig withSize(int pixels) {
    return new PhantomConfig(n, seed, pixels, overlay, cue);
  }

  /** The same, but another number of phantoms. */
  public PhantomConfig withCount(int count) {
    return new PhantomConfig(count, seed, size, overlay, cue);
  }
}
