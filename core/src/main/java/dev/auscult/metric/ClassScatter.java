package dev.auscult.metric;

import java.util.Arrays;

/**
 * How far classes lie apart and how wide each is. Immutable.
 *
 * <p>Every observation counts as often as its weight says, as it would if it were there so often.
 */
public final class ClassScatter {
  private final double[][] centres;
  private final double[] weights;
  private final double[] meanDistances;
  private final double within;

  private ClassScatter(
      double[][] centres, double[] weights, double[] meanDistances, double within) {
    this.centres = centres;
    this.weights = weights;
    this.meanDistances = meanDistances;
    this.within = within;
  }

  /** Every observation once. */
  public static ClassScatter of(double[][] points, int[] labels) {
    double[] once = new double[points.length];
    Arrays.fill(once, 1);
    return of(points, labels, once);
  }

  /**
   * The scatter of classes; those without weight are as if they were not there.
   *
   * @param points {@code [n][d]}
   * @param labels the class of each, from 0
   * @param weights how often each counts, 0 or more
   */
  public static ClassScatter of(double[][] points, int[] labels, double[] weights) {
    int classes = ClassSizes.of(points, labels).length;
    int dimension = points.length == 0 ? 0 : points[0].length;
    double[][] centres = new double[classes][dimension];
    double[] sums = new double[classes];
    for (int i = 0; i < points.length; i++) {
      sums[labels[i]] += weights[i];
      for (int k = 0; k < dimension; k++) {
        centres[labels[i]][k] += weights[i] * points[i][k];
      }
    }
    for (int c = 0; c < classes; c++) {
      for (int k = 0; k < dimension; k++) {
        centres[c][k] /= sums[c];
      }
    }
    double[] distances = new double[classes];
    double within = 0;
    for (int i = 0; i < points.length; i++) {
      if (weights[i] > 0) {
        double square = Distances.squared(points[i], centres[labels[i]]);
        distances[labels[i]] += weights[i] * Math.sqrt(square);
        within += weights[i] * square;
      }
    }
    for (int c = 0; c < classes; c++) {
      distances[c] /= sums[c];
    }
    return new ClassScatter(centres, sums, distances, within);
  }

  /**
   * The index of Davies and Bouldin (1979): the mean over classes of the worst ratio of two
   * classes' widths to the distance of their centres; lower is better. A class at the centre of
   * another is no worse than 0, as in scikit-learn. {@code NaN} with fewer than 2 classes.
   */
  public double daviesBouldin() {
    double sum = 0;
    int present = 0;
    for (int c = 0; c < centres.length; c++) {
      if (weights[c] > 0) {
        sum += worst(c);
        present++;
      }
    }
    return present < 2 ? Double.NaN : sum / present;
  }

  private double worst(int own) {
    double worst = 0;
    for (int other = 0; other < centres.length; other++) {
      double distance = Math.sqrt(Distances.squared(centres[own], centres[other]));
      if (other != own && weights[other] > 0 && distance > 0) {
        worst = Math.max(worst, (meanDistances[own] + meanDistances[other]) / distance);
      }
    }
    return worst;
  }

  /**
   * Fisher's ratio of scatter between classes to scatter within: {@code tr(S_B) / tr(S_W)}, where
   * {@code S_B} weighs each centre by its class's size. {@code NaN} with fewer than 2 classes or
   * without any scatter within.
   */
  public double fisherRatio() {
    int present = (int) Arrays.stream(weights).filter(weight -> weight > 0).count();
    if (present < 2 || !(within > 0)) {
      return Double.NaN;
    }
    double all = Arrays.stream(weights).sum();
    double[] centre = new double[centres[0].length];
    for (int c = 0; c < centres.length; c++) {
      for (int k = 0; weights[c] > 0 && k < centre.length; k++) {
        centre[k] += weights[c] / all * centres[c][k];
      }
    }
    double between = 0;
    for (int c = 0; c < centres.length; c++) {
      between += weights[c] > 0 ? weights[c] * Distances.squared(centres[c], centre) : 0;
    }
    return between / within;
  }
}
