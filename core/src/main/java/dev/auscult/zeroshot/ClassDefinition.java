package dev.auscult.zeroshot;

import java.util.Locale;

/** What stands for a class when an image is compared with it. */
public enum ClassDefinition {
  /**
   * Its names in templates: the class is the normalised mean of their unit vectors (Radford et al.
   * 2021, section 3.1.4), and classes compete.
   */
  NAMES,
  /**
   * Its presence against its absence, {@code {}} against {@code no {}}: each class is decided by
   * itself, by the softmax of its two scores (Tiu et al. 2022, CheXzero).
   */
  PAIRS,
  /**
   * The attributes that describe it: the score is the mean of the similarities of image and
   * attributes (semantic attributes; Menon and Vondrick 2023, equation 1), and classes compete.
   */
  ATTRIBUTES;

  /** As prompt sets and results name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether every class is decided by itself, so that an image may show none or several. */
  public boolean decidesEachAlone() {
    return this == PAIRS;
  }
}
