package dev.auscult.adapt;

/** Which prompts speak for a combination when it is scored. */
public enum PromptUse {
  /** The first. */
  CANONICAL,
  /** The normalised mean of all of them, an ensemble in embedding space. */
  MEAN
}
