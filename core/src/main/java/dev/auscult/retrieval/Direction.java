package dev.auscult.retrieval;

import java.util.Locale;

/** What is asked for by what. */
public enum Direction {
  /** Texts are found by an image. */
  IMAGE_TO_TEXT,
  /** Images are found by a text. */
  TEXT_TO_IMAGE;

  /** As results name it, e.g. {@code image_to_text}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As pages name it, e.g. {@code image to text}. */
  public String words() {
    return label().replace('_', ' ');
  }
}
