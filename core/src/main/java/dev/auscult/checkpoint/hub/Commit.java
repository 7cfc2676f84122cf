package dev.auscult.checkpoint.hub;

import java.util.regex.Pattern;

/**
 * A full git commit.
 *
 * @param hex 40 lower-case hexadecimal digits
 */
public record Commit(String hex) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}");

  /** Checks the form. */
  public Commit {
    if (!isOne(hex)) {
      throw new IllegalArgumentException("no full commit: " + hex);
    }
  }

  /** Whether {@code text} has the form of a full commit. */
  static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return hex;
  }
}
