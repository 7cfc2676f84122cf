package dev.auscult.data.phantom;

/** Curves from additions, products and square roots only: the same bits on every platform. */
final class Curves {
  private Curves() {}

  static double clamp01(double t) {
    return t < 0 ? 0 : t > 1 ? 1 : t;
  }

  /** 0 outside, 1 inside, linear over a band of width {@code soft} around distance 0. */
  static double ramp(double distance, double soft) {
    return clamp01(0.5 + distance / soft);
  }

  /** Rises from 0 at {@code from} to 1 at {@code to} with flat ends. */
  static double smooth(double from, double to, double value) {
    double t = clamp01((value - from) / (to - from));
    return t * t * (3 - 2 * t);
  }

  /** A quarter of a circle: 0 at t = 0 rising steeply, 1 at t = 1 and beyond. */
  static double quarter(double t) {
    double rest = 1 - clamp01(t);
    return Math.sqrt(1 - rest * rest);
  }

  static double mix(double from, double to, double t) {
    return from + (to - from) * t;
  }
}
