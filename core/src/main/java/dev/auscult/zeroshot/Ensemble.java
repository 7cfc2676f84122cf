package dev.auscult.zeroshot;

/** How the prompts of a class work together. */
public enum Ensemble {
  /**
   * The class is the normalised mean of its prompts' unit vectors (Radford et al. 2021, section
   * 3.1.4).
   */
  EMBEDDINGS,
  /** Every template votes: the probability is the mean of the templates' softmaxes. */
  PROBABILITIES
}
