package dev.auscult.data.phantom;

import java.util.Locale;

/** What text is burned into a corner of the image. */
public enum OverlayMode {
  /** None. */
  NONE,
  /** The code of the finding shown: a shortcut around the anatomy. */
  TRUE_LABEL,
  /** The code of another finding. */
  CONTRADICTING,
  /** Letters that are no finding's code. */
  UNRELATED;

  /** As written in configurations, e.g. {@code true-label}. */
  public String term() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
