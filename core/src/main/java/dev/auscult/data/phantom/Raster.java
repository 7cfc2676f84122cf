package dev.auscult.data.phantom;

import static dev.auscult.data.phantom.Curves.clamp01;
import static dev.auscult.data.phantom.Curves.mix;

/** One value per pixel, and strokes drawn into it; coordinates are pixel centres. */
final class Raster {
  final int size;
  final float[] values;

  Raster(int size) {
    this.size = size;
    this.values = new float[size * size];
  }

  /**
   * A straight stroke with round ends whose half width and strength change along it; a pixel keeps
   * the strongest stroke over it.
   */
  void stroke(Point from, Point to, double strength0, double strength1) {
    double reach = Math.max(from.halfWidth, to.halfWidth) + 1;
    int left = Math.max(0, (int) (Math.min(from.x, to.x) - reach));
    int right = Math.min(size - 1, (int) (Math.max(from.x, to.x) + reach + 1));
    int top = Math.max(0, (int) (Math.min(from.y, to.y) - reach));
    int bottom = Math.min(size - 1, (int) (Math.max(from.y, to.y) + reach + 1));
    double ux = to.x - from.x;
    double uy = to.y - from.y;
    double inverse = 1 / Math.max(1e-9, ux * ux + uy * uy);
    double lean = ux / (Math.abs(uy) < 1e-6 ? 1e-6 : uy);
    double across = reach * Math.sqrt(1 + lean * lean) + 1;
    for (int y = top; y <= bottom; y++) {
      double middle = from.x + (y - from.y) * lean;
      int first = (int) Math.max(left, Math.floor(middle - across));
      int last = (int) Math.min(right, Math.ceil(middle + across));
      for (int x = first; x <= last; x++) {
        double t = clamp01(((x - from.x) * ux + (y - from.y) * uy) * inverse);
        double rx = x - from.x - t * ux;
        double ry = y - from.y - t * uy;
        double half = mix(from.halfWidth, to.halfWidth, t);
        double far = half + 0.5;
        double squared = rx * rx + ry * ry;
        if (squared < far * far) {
          double cover = Math.min(1, far - Math.sqrt(squared)) * Math.min(1, 2 * half);
          float value = (float) (cover * mix(strength0, strength1, t));
          int at = y * size + x;
          values[at] = Math.max(values[at], value);
        }
      }
    }
  }

  /** An end of a stroke, in pixels. */
  record Point(double x, double y, double halfWidth) {}
}
