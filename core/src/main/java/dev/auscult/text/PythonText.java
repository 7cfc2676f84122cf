package dev.auscult.text;

import java.util.regex.Pattern;

/** Classes of characters as Python's string methods and regular expressions see them. */
final class PythonText {
  private static final String SPACES =
      "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

  /** A run of white space: {@code \s+}, and what {@code str.split} splits at. */
  static final Pattern SPACE_RUN = Pattern.compile("[" + SPACES + "]+");

  /** White space at the beginning: {@code str.lstrip}. */
  static final Pattern SPACE_BEFORE = Pattern.compile("^[" + SPACES + "]+");

  /** White space at the end: {@code str.rstrip}. */
  static final Pattern SPACE_AFTER = Pattern.compile("[" + SPACES + "]+\\z");

  /** {@code string.punctuation}. */
  static final Pattern PUNCTUATION = Pattern.compile("[!-/:-@\\[-`{-~]");

  private PythonText() {}

  /** White space of any length becomes one space; none at the ends. */
  static MappedText collapse(MappedText text) {
    return strip(text.replaceAll(SPACE_RUN, " "));
  }

  static MappedText strip(MappedText text) {
    return text.replaceAll(SPACE_BEFORE, "").replaceAll(SPACE_AFTER, "");
  }
}
