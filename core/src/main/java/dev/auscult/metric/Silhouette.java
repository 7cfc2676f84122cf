package dev.auscult.metric;

import java.util.Arrays;

/**
 * How much nearer each observation is to its own class than to the nearest other one (Rousseeuw
 * 1987), from -1 to 1.
 */
public final class Silhouette {
  private Silhouette() {}

  /**
   * The silhouette of each observation; 0 of one that is alone in its class.
   *
   * @param points {@code [n][d]}, compared by Euclidean distance
   * @param labels the class of each, from 0
   * @throws IllegalArgumentException if the lengths differ, or there are not at least 2 classes and
   *     fewer classes than observations
   */
  public static double[] of(double[][] points, int[] labels) {
    int[] sizes = ClassSizes.of(points, labels);
    int present = (int) Arrays.stream(sizes).filter(size -> size > 0).count();
    if (present < 2 || present >= points.length) {
      throw new IllegalArgumentException(
          "%d classes of %d observations".formatted(present, points.length));
    }
    double[] silhouettes = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      silhouettes[i] = of(i, points, labels, sizes);
    }
    return silhouettes;
  }

  private static double of(int self, double[][] points, int[] labels, int[] sizes) {
    int own = labels[self];
    if (sizes[own] == 1) {
      return 0;
    }
    double[] sums = new double[sizes.length];
    for (int j = 0; j < points.length; j++) {
      sums[labels[j]] += Math.sqrt(Distances.squared(points[self], points[j]));
    }
    double within = sums[own] / (sizes[own] - 1);
    double nearest = Double.POSITIVE_INFINITY;
    for (int c = 0; c < sizes.length; c++) {
      if (c != own && sizes[c] > 0) {
        nearest = Math.min(nearest, sums[c] / sizes[c]);
      }
    }
    double larger = Math.max(within, nearest);
    return larger > 0 ? (nearest - within) / larger : 0;
  }
}
