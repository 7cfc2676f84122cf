package dev.auscult.text;

/** Makes strings encodable. */
final class Surrogates {
  private Surrogates() {}

  /** The text with each surrogate that has no partner replaced by U+FFFD. */
  static String replaceLone(String text) {
    StringBuilder copy = new StringBuilder(text);
    for (int i = 0; i < copy.length(); i++) {
      char c = copy.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < copy.length()
              && Character.isLowSurrogate(copy.charAt(i + 1));
      if (pair) {
        i++;
      } else if (Character.isSurrogate(c)) {
        copy.setCharAt(i, '\uFFFD');
      }
    }
    return copy.toString();
  }
}
