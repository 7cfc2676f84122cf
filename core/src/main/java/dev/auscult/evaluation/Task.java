package dev.auscult.evaluation;

/** What is predicted of an observation. */
public enum Task {
  /** Whether it is positive. */
  BINARY,
  /** One of several classes. */
  MULTI_CLASS,
  /** Any number of several labels. */
  MULTI_LABEL
}
