package dev.auscult.balance;

/** What the audited score is the score of. */
public enum AuditTask {
  /** Image-sentence alignment: the score of an image and its own text. */
  ISA,
  /** Visual question answering: the score of an image and a question with a candidate answer. */
  VQA
}
