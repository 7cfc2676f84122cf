package dev.auscult.data.phantom;

import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
 * @param findings how often each finding is shown
 * @param scanner the make of all images; empty for the usual four at random
 * @param degraded the site whose images are blurred and noisy; empty for none
 */
public record PhantomConfig(
    int n,
    Seed seed,
    int size,
    OverlayMode overlay,
    CueMode cue,
    FindingMix findings,
    Optional<Scanner> scanner,
    Optional<Site> degraded) {
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

  /** Phantoms that show each finding equally often, taken with the usual scanners. */
  public PhantomConfig(int n, Seed seed, int size, OverlayMode overlay, CueMode cue) {
    this(n, seed, size, overlay, cue, FindingMix.UNIFORM, Optional.empty(), Optional.empty());
  }

  /** Phantoms of the default size without shortcuts. */
  public static PhantomConfig of(int n, Seed seed) {
    return new PhantomConfig(n, seed, DEFAULT_SIZE, OverlayMode.NONE, CueMode.NONE);
  }

  /** The same with other burned-in text. */
  public PhantomConfig withOverlay(OverlayMode mode) {
    return new PhantomConfig(n, seed, size, mode, cue, findings, scanner, degraded);
  }

  /** The same with other wording of the questions. */
  public PhantomConfig withCue(CueMode mode) {
    return new PhantomConfig(n, seed, size, overlay, mode, findings, scanner, degraded);
  }

  /** The same in another size. */
  public PhantomConfig withSize(int pixels) {
    return new PhantomConfig(n, seed, pixels, overlay, cue, findings, scanner, degraded);
  }

  /** The same, but another number of phantoms. */
  public PhantomConfig withCount(int count) {
    return new PhantomConfig(count, seed, size, overlay, cue, findings, scanner, degraded);
  }

  /** The same drawn from another seed. */
  public PhantomConfig withSeed(Seed other) {
    return new PhantomConfig(n, other, size, overlay, cue, findings, scanner, degraded);
  }

  /** The same with other frequencies of findings. */
  public PhantomConfig withFindings(FindingMix mix) {
    return new PhantomConfig(n, seed, size, overlay, cue, mix, scanner, degraded);
  }

  /** The same, all taken with one make of scanner. */
  public PhantomConfig withScanner(Scanner make) {
    return new PhantomConfig(n, seed, size, overlay, cue, findings, Optional.of(make), degraded);
  }

  /** The same, but the images of one site are blurred and noisy: a harm to its patients. */
  public PhantomConfig withDegraded(Site site) {
    return new PhantomConfig(n, seed, size, overlay, cue, findings, scanner, Optional.of(site));
  }

  /**
   * What identifies the pixels of a phantom beside its index; frequencies, scanner and degraded
   * site only where they are not the usual ones.
   */
  List<String> identity() {
    List<String> parts =
        new ArrayList<>(
            List.of(Long.toString(seed.value()), Integer.toString(size), overlay.term()));
    if (findings != FindingMix.UNIFORM) {
      parts.add("findings " + findings.term());
    }
    scanner.ifPresent(make -> parts.add("scanner " + make.term()));
    degraded.ifPresent(site -> parts.add("degraded " + site.name()));
    return parts;
  }
}
