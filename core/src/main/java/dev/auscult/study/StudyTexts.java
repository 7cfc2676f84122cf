package dev.auscult.study;

/** Which texts SCALE pairs with images. */
public enum StudyTexts {
  /** The prior's prompts. */
  PROMPTS("prompts"),
  /**
   * Also the sentences of the training split, each with any image that shows the same combination
   * (SCALE, section 2.3.1); none of another split.
   */
  MIXED("mixed");

  private final String term;

  StudyTexts(String term) {
    this.term = term;
  }

  /** The word for it in configurations. */
  public String term() {
    return term;
  }
}
