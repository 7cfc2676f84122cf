package dev.auscult.zeroshot;

import dev.auscult.text.PromptTemplate;

/**
 * Two templates that say the opposite, e.g. {@code {}} and {@code no {}}.
 *
 * @param positive says that the class is there
 * @param negative says that it is not
 */
public record PromptPair(PromptTemplate positive, PromptTemplate negative) {
  /** Checks that they differ. */
  public PromptPair {
    if (positive.equals(negative)) {
      throw new IllegalArgumentException("a pair of equal templates: " + positive.text());
    }
  }

  /** Both, as pages name them. */
  public String label() {
    return positive.text() + " / " + negative.text();
  }
}
