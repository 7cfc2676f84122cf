package dev.auscult.image.lettering;

/**
 * Connected strokes that may be a letter, or several that touch.
 *
 * @param box around them
 * @param stroke their mean width in pixels
 * @param ink levels of the strokes
 * @param ground levels of what is beside them
 */
record Glyph(Box box, double stroke, Spread ink, Spread ground) {

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

  /** How much it looks like print rather than anatomy, 0 to 1. */
  double clarity() {
    double sharp = 1 - ground.spread() / contrast();
    double even = 1 - ink.spread() / contrast();
    return Math.min(1, contrast() / 60) * Math.max(0, sharp) * Math.max(0, even);
  }

  /** Whether it stands so clearly on so even a ground that it needs no other letter beside it. */
  boolean standsAlone() {
    return contrast() >= 80
        && box.height() >= 7
        && ground.spread() <= 0.08 * contrast()
        && ink.spread() <= 0.3 * contrast();
  }

  /** About how many letters it has. */
  double letters() {
    return Math.max(1, Math.rint(box.width() / (0.8 * box.height())));
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
