package dev.auscult.data.phantom;

/** The patient's sex. */
public enum Sex {
  /** Female. */
  FEMALE("F"),
  /** Male. */
  MALE("M");

  private final String code;

  Sex(String code) {
    this.code = code;
  }

  /** One letter. */
  public String code() {
    return code;
  }
}
