package dev.auscult.pretrain;

/** Which texts of a sample are paired with its image. */
public enum TextChoice {
  /** Its caption or report. */
  CAPTION("caption"),
  /** Its question with the answer. */
  QA("qa"),
  /** Both; one pair each where the sample has both. */
  BOTH("caption+qa");

  private final String term;

  TextChoice(String term) {
    this.term = term;
  }

  /** As written in configurations. */
  public String term() {
    return term;
  }

  boolean captions() {
    return this != QA;
  }

  boolean questions() {
    return this != CAPTION;
  }
}
