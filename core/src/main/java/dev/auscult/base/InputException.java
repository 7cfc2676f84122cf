package dev.auscult.base;

/**
 * Bad input, told so that the reader can act: which file or option, what was found, what was
 * expected, what to do next. The message is always a single line.
 */
public sealed class InputException extends RuntimeException permits UsageException {
  private static final long serialVersionUID = 1L;

  /**
   * @param subject the file, option or sample at fault
   * @param found what was found there
   * @param expected what was expected instead
   * @param nextStep what the user can do about it
   */
  public InputException(String subject, String found, String expected, String nextStep) {
    this(subject, found, expected, nextStep, null);
  }

  /** The same with the cause that a developer sees under {@code --debug}. */
  public InputException(
      String subject,
      String found,
      String expected,
      String nextStep,
      @org.jspecify.annotations.Nullable Throwable cause) {
    super(
        oneLine("%s: found %s; expected %s; %s".formatted(subject, found, expected, nextStep)),
        cause);
  }

  private static String oneLine(String message) {
    String line = message.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= 600 ? line : line.substring(0, 597) + "...";
  }
}
