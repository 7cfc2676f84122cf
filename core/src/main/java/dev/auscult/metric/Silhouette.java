package dev.auscult.metric;

import java.util.Arrays;

/**
 * How much nearer each observation is to its own class than to the nearest other one (Rousseeuw
 * 1987), from -1 to 1.
 */
public final class Silhouette {
  private final int[] labels;
  private final int[] sizes;
  private final double[][] distances;

  /** The distances of each observation to those of each class, summed. */
  private final double[][] sums;

  private Silhouette(double[][] points, int[] labels, int[] sizes) {
    this.labels = labels;
    this.sizes = sizes;
    this.distances = new double[points.length][points.length];
    this.sums = new double[points.length][sizes.length];
    for (int i = 0; i < points.length; i++) {
      for (int j = 0; j < points.length; j++) {
        distances[i][j] = Math.sqrt(Distances.squared(points[i], points[j]));
        sums[i][labels[j]] += distances[i][j];
      }
    }
  }

  private static Silhouette checked(double[][] points, int[] labels) {
    int[] sizes = ClassSizes.of(points, labels);
    int present = (int) Arrays.stream(sizes).filter(size -> size > 0).count();
    if (present < 2 || present >= points.length) {
      throw new IllegalArgumentException(
          "%d classes of %d observations".formatted(present, points.length));
    }
    return new Silhouette(points, labels, sizes);
  }

  /**
   * The silhouette of each observation; 0 of one that is alone in its class.
   *
   * @param points {@code [n][d]}, compared by Euclidean distance
   * @param labels the class of each, from 0
   * @throws IllegalArgumentException if the lengths differ, or there are not at least 2 classes and
   *     fewer classes than observations
   */
  public static double[] of(double[][] points, int[] labels) {
    return checked(points, labels).each();
  }

  /**
   * What each observation brings to the mean silhouette: its own and what it does to those of the
   * others, as jackknife pseudo-values (Tukey 1958) whose mean is the mean silhouette. Their
   * variation, unlike that of silhouettes, tells how uncertain the mean is.
   *
   * @param points {@code [n][d]}
   * @param labels the class of each, from 0; every class has at least two
   * @throws IllegalArgumentException as {@link #of(double[][], int[])}, or if a class has one
   */
  public static double[] contributions(double[][] points, int[] labels) {
    Silhouette silhouette = checked(points, labels);
    if (Arrays.stream(silhouette.sizes).anyMatch(size -> size == 1)) {
      throw new IllegalArgumentException("a class of one observation");
    }
    int n = points.length;
    double[] contributions = new double[n];
    Arrays.setAll(contributions, without -> -silhouette.sumWithout(without));
    double shift = Moments.mean(silhouette.each()) - Moments.mean(contributions);
    for (int i = 0; i < n; i++) {
      contributions[i] += shift;
    }
    return contributions;
  }

  private double[] each() {
    double[] silhouettes = new double[labels.length];
    Arrays.setAll(silhouettes, this::of);
    return silhouettes;
  }

  /** The sum over all others of their silhouettes, had this observation not been there. */
  private double sumWithout(int without) {
    sizes[labels[without]]--;
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      if (i != without) {
        sums[i][labels[without]] -= distances[i][without];
        sum += of(i);
        sums[i][labels[without]] += distances[i][without];
      }
    }
    sizes[labels[without]]++;
    return sum;
  }

  private double of(int self) {
    int own = labels[self];
    if (sizes[own] == 1) {
      return 0;
    }
    double within = sums[self][own] / (sizes[own] - 1);
    double nearest = Double.POSITIVE_INFINITY;
    for (int c = 0; c < sizes.length; c++) {
      if (c != own && sizes[c] > 0) {
        nearest = Math.min(nearest, sums[self][c] / sizes[c]);
      }
    }
    double larger = Math.max(within, nearest);
    return larger > 0 ? (nearest - within) / larger : 0;
  }
}
