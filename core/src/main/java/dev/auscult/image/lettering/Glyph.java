package dev.auscult.image.lettering;

/**
 * Connected strokes that may be a letter, or several that touch.
 *
 * @param box around them
 * @param stroke their mean width in pixels
 * @param depth over how many levels they keep their outline
 * @param ink levels of the strokes
 * @param ground levels of what is beside them
 */
record Glyph(Box box, double stroke, int depth, Spread ink, Spread ground) {
  /** From this depth on a glyph is as clear as it gets. */
  private static final double CLEAR = 60;

  /**
   * Levels of some pixels.
   *
   * @param median the one in the middle
   * @param spread how uneven they are, a standard deviation
   */
  record Spread(int median, double spread) {}

  /** Levels between ink and ground. */
  double contrast() {
    return ink.median() - ground.median();
  }

  /** Whether ink and ground are far apart for how uneven they are. */
  boolean standsOut() {
    return contrast() >= 25
        && ground.spread() <= 0.5 * contrast()
        && ink.spread() <= 0.6 * contrast();
  }

  /** How much it looks like print rather than anatomy, 0 to 1: deep, on an even ground. */
  double clarity() {
    double sharp = Math.max(0, 1 - ground.spread() / contrast());
    double even = Math.max(0, 1 - ink.spread() / contrast());
    return Math.min(1, depth / CLEAR) * sharp * even;
  }

  /** Whether another at the same place is the lesser finding. */
  boolean replaces(Glyph other) {
    long shared = box.overlap(other.box);
    boolean samePlace = 2 * shared > Math.min(box.area(), other.box.area());
    return samePlace && (depth > other.depth || (depth == other.depth && isBefore(other)));
  }

  /** Some order among glyphs of equal depth. */
  private boolean isBefore(Glyph other) {
    return box.area() != other.box.area()
        ? box.area() > other.box.area()
        : box.left() * 65_536L + box.top() < other.box.left() * 65_536L + other.box.top();
  }

  /** Whether two may be of one line: alike in height, at one level, close, and alike in ink. */
  boolean continues(Glyph other) {
    double smaller = Math.min(box.height(), other.box.height());
    double larger = Math.max(box.height(), other.box.height());
    int overlap = Math.min(box.bottom(), other.box.bottom()) - Math.max(box.top(), other.box.top());
    int gap = Math.max(box.left(), other.box.left()) - Math.min(box.right(), other.box.right());
    double contrasts = contrast() / other.contrast();
    return larger <= 1.7 * smaller
        && overlap >= 0.6 * smaller
        && gap <= 1.1 * larger
        && contrasts < 2
        && contrasts > 0.5
        && stroke < 2.2 * other.stroke
        && other.stroke < 2.2 * stroke;
  }
}
