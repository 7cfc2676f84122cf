package dev.auscult.adapt;

/** Which text goes with an image in a batch. */
public enum TextPairing {
  /** The canonical prompt of its combination. */
  CANONICAL,
  /** Any prompt of its combination, drawn anew in every epoch (SCALE, section 2.3.1). */
  MIXED
}
