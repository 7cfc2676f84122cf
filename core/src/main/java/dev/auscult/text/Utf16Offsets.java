package dev.auscult.text;

/** Turns positions counted in code points into positions counted in UTF-16 units. */
final class Utf16Offsets {
  private final String text;
  private int codePoint;
  private int unit;

  Utf16Offsets(String text) {
    this.text = text;
  }

  /** Constant time for positions near the previous one. */
  int of(int codePoints) {
    unit = text.offsetByCodePoints(unit, codePoints - codePoint);
    codePoint = codePoints;
    return unit;
  }
}
