package dev.auscult.adapt;

/** How the losses of a batch become one number. */
public enum LossReduction {
  /** Their mean: over labelled samples, in the contrastive terms over anchors with positives. */
  MEAN,
  /** Their sum, as equations 2 and 3 of SCALE are written. */
  SUM
}
