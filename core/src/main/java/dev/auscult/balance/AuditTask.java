package dev.auscult.balance;

import java.util.Locale;

/** What the audited score is the score of. */
public enum AuditTask {
  /** Image-sentence alignment: the score of an image and its own text. */
  ISA(Selection.NONE),
  /** Image-sentence alignment with foils: each image with its text, and with its wrong text. */
  FOIL(Selection.NONE),
  /** Visual question answering: the score of an image and a question with a candidate answer. */
  VQA(Selection.AMONG_CANDIDATES),
  /** Zero-shot classification: the score of an image and the prompt of a class. */
  CLASS(Selection.AMONG_CANDIDATES),
  /** Retrieval: the score of an image and a text, its own among those of the others. */
  RETRIEVAL(Selection.AMONG_CANDIDATES);

  private enum Selection {
    NONE,
    AMONG_CANDIDATES
  }

  private final Selection selection;

  AuditTask(Selection selection) {
    this.selection = selection;
  }

  /** Whether the model selects one of several candidates, and is right or wrong. */
  public boolean selects() {
    return selection == Selection.AMONG_CANDIDATES;
  }

  /** As the command line and results name it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
