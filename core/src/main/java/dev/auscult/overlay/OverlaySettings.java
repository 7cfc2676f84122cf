package dev.auscult.overlay;

import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import dev.auscult.metric.Bootstrap;
import java.util.OptionalInt;

/**
 * Everything that the figures depend on besides model and data.
 *
 * @param design which texts, and how they look
 * @param classes what the model tells apart, and the words for it
 * @param hospital the hospital's name to burn in
 * @param samples how many samples at most; empty for all
 * @param seed of sample choice, wrong classes, unrelated letters and intervals
 */
public record OverlaySettings(
    OverlayDesign design, OverlayClasses classes, String hospital, OptionalInt samples, Seed seed) {

  /**
   * Checks that the built-in font has the letters of every text.
   *
   * @throws InputException if a text cannot be drawn
   */
  public OverlaySettings {
    classes.words().forEach(word -> design.mark(word, design.basic()));
    if (design.kinds().contains(TextKind.HOSPITAL)) {
      design.mark(hospital, design.basic());
    }
  }

  /** How intervals and p-values are found. */
  Bootstrap bootstrap() {
    return Bootstrap.bca(seed.derive("overlay bootstrap"));
  }
}
