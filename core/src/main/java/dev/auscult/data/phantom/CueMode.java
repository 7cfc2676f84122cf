package dev.auscult.data.phantom;

import java.util.Locale;

/** Whether the wording of a question gives its answer away. */
public enum CueMode {
  /** The opening phrase is drawn independently of the answer. */
  NONE,
  /** Each answer has its own opening phrase: a shortcut around the image. */
  PRESENT,
  /** The opening phrase belongs to another answer. */
  MISLEADING;

  /** As written in configurations, e.g. {@code present}. */
  public String term() {
    return name().toLowerCase(Locale.ROOT);
  }
}
