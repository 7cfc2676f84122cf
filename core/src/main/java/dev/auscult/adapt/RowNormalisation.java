package dev.auscult.adapt;

/** Whether the rows of the similarity matrix have unit length before they are compared. */
public enum RowNormalisation {
  /** They have: what is compared is their cosine. */
  UNIT,
  /** They are compared as they are, as equation 2 of SCALE is written. */
  RAW
}
