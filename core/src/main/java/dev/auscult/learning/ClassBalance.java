package dev.auscult.learning;

/** How much the samples of a class count in a loss. */
public enum ClassBalance {
  /** Every sample the same. */
  PLAIN,
  /**
   * Inversely to the class's frequency, so that all classes count the same: {@code n / (classes *
   * samples of the class)}; of labels that do not exclude each other, presence and absence of each.
   */
  WEIGHTED
}
