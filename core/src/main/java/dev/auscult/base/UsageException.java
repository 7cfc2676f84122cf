package dev.auscult.base;

import org.jspecify.annotations.Nullable;

/**
 * A value of an option that cannot be right whatever files, data and models hold: wrong usage, as
 * an unknown option is. Told like all bad input.
 */
public final class UsageException extends InputException {
  private static final long serialVersionUID = 1L;

  /**
   * @param option the option at fault
   * @param found what was found there
   * @param expected what was expected instead
   * @param nextStep what the user can do about it
   */
  public UsageException(String option, String found, String expected, String nextStep) {
    super(option, found, expected, nextStep);
  }

  /** The same with the cause that a developer sees under {@code --debug}. */
  public UsageException(
      String option, String found, String expected, String nextStep, @Nullable Throwable cause) {
    super(option, found, expected, nextStep, cause);
  }

  /**
   * Checks the lower bound of an option's number.
   *
   * @throws UsageException if the value is below it
   */
  public static void requireAtLeast(String option, int value, int least) {
    if (value < least) {
      throw new UsageException(
          option, String.valueOf(value), "at least " + least, "give a larger number");
    }
  }
}
