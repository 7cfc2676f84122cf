package dev.auscult.metric;

/** Euclidean distances of rows. */
final class Distances {
  private Distances() {}

  /** The squared distance. */
  static double squared(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException("%d and %d coordinates".formatted(a.length, b.length));
    }
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (a[k] - b[k]) * (a[k] - b[k]);
    }
    return sum;
  }
}
