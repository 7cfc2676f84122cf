package dev.auscult.adapt;

/** Whether Tip-Adapter's keys are trained. */
public enum CacheKeys {
  /** They are the training images: Tip-Adapter. */
  FIXED,
  /** They begin as the training images: Tip-Adapter-F. */
  TRAINED
}
