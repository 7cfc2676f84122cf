package dev.auscult.data.phantom;

/** Where the radiograph was taken; each site collimates its own way. */
public enum Site {
  /** No border. */
  A(0.0),
  /** A narrow border. */
  B(0.016),
  /** A wider border. */
  C(0.032);

  private final double border;

  Site(double border) {
    this.border = border;
  }

  /** Width of the black border as a fraction of the side. */
  double border() {
    return border;
  }
}
