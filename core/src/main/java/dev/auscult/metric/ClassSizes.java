package dev.auscult.metric;

import java.util.Arrays;

/** How many observations each class has. */
final class ClassSizes {
  private ClassSizes() {}

  /**
   * Counts.
   *
   * @throws IllegalArgumentException if the lengths differ or a class is negative
   */
  static int[] of(double[][] points, int[] labels) {
    if (points.length != labels.length) {
      throw new IllegalArgumentException(
          "%d points, %d labels".formatted(points.length, labels.length));
    }
    if (Arrays.stream(labels).anyMatch(label -> label < 0)) {
      throw new IllegalArgumentException("a class of a negative number");
    }
    int[] sizes = new int[Arrays.stream(labels).max().orElse(-1) + 1];
    for (int label : labels) {
      sizes[label]++;
    }
    return sizes;
  }
}
