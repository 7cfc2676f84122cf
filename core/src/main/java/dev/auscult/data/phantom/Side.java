package dev.auscult.data.phantom;

/** The patient's side; the patient's left is on the right of the image. */
public enum Side {
  /** The patient's left. */
  LEFT("left"),
  /** The patient's right. */
  RIGHT("right"),
  /** Both. */
  BILATERAL("both sides"),
  /** Neither: the heart and what is behind it. */
  MIDDLE("middle");

  private final String term;

  Side(String term) {
    this.term = term;
  }

  /** The side as an answer. */
  public String term() {
    return term;
  }
}
