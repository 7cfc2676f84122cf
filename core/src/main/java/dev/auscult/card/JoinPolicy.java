package dev.auscult.card;

/** Whether results of other models or data may stand on one card. */
public enum JoinPolicy {
  /** They are refused. */
  SAME,
  /** They stand there, each with a notice. */
  MIXED
}
