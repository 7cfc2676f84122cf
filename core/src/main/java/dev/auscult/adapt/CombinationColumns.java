package dev.auscult.adapt;

/** Which texts stand for the combinations in SCALE's cross-entropies: the columns of Z. */
public enum CombinationColumns {
  /** The canonical prompt of every combination, in the batch or not. */
  CANONICAL,
  /**
   * The first text of the batch that belongs to it, as SCALE is written (section 2.2); combinations
   * that the batch lacks are masked.
   */
  FIRST_IN_BATCH
}
