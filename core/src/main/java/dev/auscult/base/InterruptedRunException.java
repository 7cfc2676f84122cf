package dev.auscult.base;

/**
 * The user asked a run to stop; everything finished so far is on disk and the same command resumes.
 */
public final class InterruptedRunException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a sentence on what was kept. */
  public InterruptedRunException(String message) {
    super(message);
  }
}
