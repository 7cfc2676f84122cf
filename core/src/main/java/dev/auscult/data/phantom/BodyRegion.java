package dev.auscult.data.phantom;

/** Where a person marks a complaint on the outline of a body. */
enum BodyRegion {
  CHEST(0.50, 0.29, true),
  UPPER_ABDOMEN(0.50, 0.42, true),
  LEFT_FLANK(0.57, 0.36, true),
  LEFT_HAND(0.78, 0.57, false),
  RIGHT_KNEE(0.435, 0.74, false),
  LEFT_FOOT(0.565, 0.92, false);

  private final double x;
  private final double y;
  private final boolean trunk;

  BodyRegion(double x, double y, boolean trunk) {
    this.x = x;
    this.y = y;
    this.trunk = trunk;
  }

  /** Its centre, from the left, as a fraction of the image's side. */
  double x() {
    return x;
  }

  /** Its centre, from the top. */
  double y() {
    return y;
  }

  /** Whether it is of the trunk, not of a limb. */
  boolean trunk() {
    return trunk;
  }

  /** +1 for the trunk, -1 for limbs: the sign of the drawing. */
  int sign() {
    return trunk ? 1 : -1;
  }
}
