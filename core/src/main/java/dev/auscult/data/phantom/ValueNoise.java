package dev.auscult.data.phantom;

/** Smooth random values in 0-1 on a lattice over the unit square. */
final class ValueNoise {
  private final int cells;
  private final float[] lattice;

  ValueNoise(int cells, Draw draw) {
    this.cells = cells;
    this.lattice = new float[(cells + 1) * (cells + 1)];
    for (int i = 0; i < lattice.length; i++) {
      lattice[i] = (float) draw.unit();
    }
  }

  double at(double x, double y) {
    double fx = Curves.clamp01(x) * cells;
    double fy = Curves.clamp01(y) * cells;
    int ix = Math.min(cells - 1, (int) fx);
    int iy = Math.min(cells - 1, (int) fy);
    double tx = Curves.smooth(0, 1, fx - ix);
    double ty = Curves.smooth(0, 1, fy - iy);
    int corner = iy * (cells + 1) + ix;
    double above = Curves.mix(lattice[corner], lattice[corner + 1], tx);
    double below = Curves.mix(lattice[corner + cells + 1], lattice[corner + cells + 2], tx);
    return Curves.mix(above, below, ty);
  }
}
