package dev.auscult.report;

/** Text that XML 1.0 can carry. */
final class XmlText {
  private XmlText() {}

  /**
   * {@code text} with every character that XML forbids (controls, unpaired surrogates) replaced by
   * U+FFFD, and the marks that reorder writing direction removed, so that hostile text can neither
   * break the document nor disguise what stands next to it.
   */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> !(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069))
        .forEach(c -> clean.appendCodePoint(allowed(c) ? c : 0xfffd));
    return clean.toString();
  }

  private static boolean allowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0x7e)
        || (c >= 0xa0 && c <= 0xd7ff)
        || (c >= 0xe000 && c <= 0xfffd)
        || (c >= 0x10000 && c <= 0x10ffff && (c & 0xfffe) != 0xfffe);
  }
}
