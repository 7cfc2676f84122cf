package dev.auscult.data.phantom;

/** How much of a finding there is; visible in the image. */
public enum Severity {
  /** Just plainly visible. */
  MILD(0.0, 0.24),
  /** In between. */
  MODERATE(0.4, 0.6),
  /** As much as the generator draws. */
  SEVERE(0.78, 1.0);

  private final double from;
  private final double to;

  Severity(double from, double to) {
    this.from = from;
    this.to = to;
  }

  /** An extent within this grade's range; the ranges have gaps between them. */
  double extent(Draw draw) {
    return draw.uniform(from, to);
  }

  /** The grade as an answer: {@code mild}, {@code moderate} or {@code severe}. */
  public String term() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
