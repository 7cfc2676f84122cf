package dev.auscult.evaluation;

/** What the scores of a file are. */
public enum ScoreKind {
  /** From 0 to 1. */
  PROBABILITY,
  /** Natural logarithms of odds, or of several classes up to a constant: made probabilities. */
  LOGIT,
  /** Only their order means something: no calibration, no threshold of 0.5. */
  RANK
}
