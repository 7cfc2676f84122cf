package dev.auscult.data.phantom;

/** What else is in the chest; independent of the finding. */
public enum Device {
  /** Nothing. */
  NONE,
  /** A pacemaker below the left clavicle with its lead. */
  PACEMAKER,
  /** A central venous line from the right. */
  CENTRAL_LINE;

  /** The name in attributes, e.g. {@code central line}. */
  public String term() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
