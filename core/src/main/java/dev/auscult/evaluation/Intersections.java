package dev.auscult.evaluation;

/** Which groups are formed of more than one attribute. */
public enum Intersections {
  /** None. */
  NONE,
  /** All values of every two attributes. */
  PAIRS
}
