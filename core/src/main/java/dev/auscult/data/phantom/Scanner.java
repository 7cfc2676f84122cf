package dev.auscult.data.phantom;

import java.util.List;

/** A make of detector with its own look. */
public enum Scanner {
  /** Soft, even, little noise. */
  ALPHA("alpha", 0.95, 1.00, 0.00, 0.012, 0.05, 0.0),
  /** Hard contrast, dark lungs. */
  BETA("beta", 1.30, 1.10, 0.00, 0.020, 0.16, 0.3),
  /** Bright and flat, noisy. */
  GAMMA("gamma", 0.80, 0.82, 0.13, 0.032, 0.10, 0.0),
  /** Sharpened edges. */
  DELTA("delta", 1.10, 0.96, 0.03, 0.016, 0.02, 1.0),
  /** Dark, flat and coarse: a make that phantoms have only on demand, to shift the domain. */
  EPSILON("epsilon", 2.10, 0.72, 0.05, 0.060, 0.35, 0.6);

  /** The makes that phantoms have unless told otherwise. */
  static final List<Scanner> USUAL = List.of(ALPHA, BETA, GAMMA, DELTA);

  private static final int STEPS = 1024;

  private final String term;
  private final double noise;
  private final double vignette;
  private final double sharpening;

  @SuppressWarnings("ImmutableEnumChecker") // filled here and never written again
  private final float[] tone = new float[STEPS + 1];

  Scanner(
      String term,
      double gamma,
      double contrast,
      double lift,
      double noise,
      double vignette,
      double sharpening) {
    this.term = term;
    this.noise = noise;
    this.vignette = vignette;
    this.sharpening = sharpening;
    for (int i = 0; i <= STEPS; i++) {
      tone[i] = (float) (lift + contrast * StrictMath.pow((double) i / STEPS, gamma));
    }
  }

  /** The name in attributes. */
  public String term() {
    return term;
  }

  /** Standard deviation of the noise, as a fraction of full scale. */
  float noise() {
    return (float) noise;
  }

  /** Loss of light in the corners, as a fraction. */
  float vignette() {
    return (float) vignette;
  }

  /** Strength of the unsharp mask. */
  float sharpening() {
    return (float) sharpening;
  }

  /** Brightness, nominally 0-1, of a density of 0-1. */
  float tone(float density) {
    float clamped = Math.min(1f, Math.max(0f, density));
    return tone[(int) (clamped * STEPS + 0.5f)];
  }
}
