package dev.auscult.data;

/** How many combinations of classes and concepts an image may show. */
public enum LabelMode {
  /** Exactly one. */
  EXCLUSIVE("exclusive"),
  /** One or more. */
  MULTIPLE("multiple");

  private final String term;

  LabelMode(String term) {
    this.term = term;
  }

  /** The word for it in files. */
  public String term() {
    return term;
  }
}
