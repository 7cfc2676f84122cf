package dev.auscult.features;

/** What a model was trained on. */
public enum ModelDomain {
  /** Medical images. */
  MEDICAL("medical"),
  /** Images of everything. */
  GENERAL("general"),
  /** Nobody says. */
  UNKNOWN("unknown");

  private final String term;

  ModelDomain(String term) {
    this.term = term;
  }

  /** The word for it in files. */
  public String term() {
    return term;
  }
}
