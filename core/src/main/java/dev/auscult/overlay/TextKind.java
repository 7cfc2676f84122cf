package dev.auscult.overlay;

import java.util.Locale;

/** What a burned-in text says. */
public enum TextKind {
  /** The class that is right for the image. */
  TRUE,
  /** A class that is wrong for it. */
  CONTRADICTING,
  /** Letters that are no class's word, as many as the right class's has. */
  UNRELATED,
  /**
   * The patient's side as markers of radiographs tell it: R on the image's left, L on its right.
   */
  LATERALITY,
  /** The name of a hospital. */
  HOSPITAL;

  /** Whether it names one of the classes. */
  boolean namesClass() {
    return this == TRUE || this == CONTRADICTING;
  }

  /** As written in options and files. */
  public String term() {
    return name().toLowerCase(Locale.ROOT);
  }
}
