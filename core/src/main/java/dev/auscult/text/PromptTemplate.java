package dev.auscult.text;

/**
 * A sentence with a gap for the name of a class, e.g. {@code a chest radiograph showing {}}.
 *
 * @param text one line with exactly one <code>{}</code>
 */
public record PromptTemplate(String text) {
  /** What stands for the class. */
  public static final String GAP = "{}";

  /** Longer ones exceed the context of every model. */
  private static final int MAX_LENGTH = 1000;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException saying what was found instead
   */
  public PromptTemplate {
    int gaps = text.split("\\{}", -1).length - 1;
    if (gaps != 1) {
      throw new IllegalArgumentException((gaps == 0 ? "no {}" : gaps + " times {}") + " in a line");
    }
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a line of more than 1,000 characters");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a control character");
    }
  }

  /** The prompt for a class. */
  public String fill(String className) {
    return text.replace(GAP, className);
  }
}
