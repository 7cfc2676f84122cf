package dev.auscult.data.phantom;

/** How the radiograph was taken; visible in the image. */
public enum View {
  /** Standing, from the back. */
  PA("PA"),
  /** Lying in bed: lungs shorter, heart magnified, leads on the chest. */
  PORTABLE_AP("AP");

  private final String code;

  View(String code) {
    this.code = code;
  }

  /** The usual abbreviation. */
  public String code() {
    return code;
  }
}
