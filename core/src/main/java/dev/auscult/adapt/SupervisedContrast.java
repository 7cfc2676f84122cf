package dev.auscult.adapt;

import dev.auscult.learning.DoubleRows;
import java.util.Arrays;

/**
 * The supervised contrastive loss (Khosla 2020; SCALE, equation 2; for several labels per row Zhang
 * and Wu 2024) and its gradient.
 *
 * <p>Symbols: rows {@code q_i [m]}; an anchor is a row with one of its labels, so that a row with
 * three labels is three anchors; {@code S(i)} the anchors of all other rows, {@code P} those among
 * them with the anchor's label, {@code tau} the temperature. The loss of an anchor is {@code log
 * sum_S exp(q_i q_s / tau) - mean_P q_i q_p / tau}. An anchor without positives has none.
 *
 * @param temperature tau, positive
 * @param normalisation whether rows have unit length before they are compared
 * @param reduction how the anchors' losses become one number
 */
record SupervisedContrast(
    double temperature, RowNormalisation normalisation, LossReduction reduction) {
  private static final double SMALLEST_NORM = 1e-12;

  SupervisedContrast {
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException("temperature " + temperature);
    }
  }

  /**
   * Adds {@code weight} times the loss's gradient.
   *
   * @param rows {@code [n, m]}
   * @param labels for each row its labels, distinct; none means it takes no part
   * @param weight of this loss in a sum
   * @param gradient {@code [n, m]}, added to
   * @return the loss, not multiplied by the weight; 0 if no anchor has a positive
   */
  double add(double[][] rows, int[][] labels, double weight, double[][] gradient) {
    int n = rows.length;
    if (n < 2) {
      return 0;
    }
    double[][] unit = normalised(rows);
    double[][] similarity = new double[n][n];
    DoubleRows.addProduct(unit, DoubleRows.transposed(unit), similarity);
    double[][] slope = new double[n][n];
    double loss = losses(similarity, labels, slope);
    int anchors = anchors(labels);
    if (anchors == 0) {
      return 0;
    }
    double share = reduction == LossReduction.MEAN ? 1.0 / anchors : 1;
    propagate(rows, unit, slope, weight * share / temperature, gradient);
    return loss * share;
  }

  private double[][] normalised(double[][] rows) {
    return switch (normalisation) {
      case RAW -> rows;
      case UNIT -> Arrays.stream(rows).map(SupervisedContrast::unit).toArray(double[][]::new);
    };
  }

  private static double[] unit(double[] row) {
    double norm = norm(row);
    return Arrays.stream(row).map(value -> value / norm).toArray();
  }

  private static double norm(double[] row) {
    double square = 0;
    for (double value : row) {
      square += value * value;
    }
    return Math.max(Math.sqrt(square), SMALLEST_NORM);
  }

  /** The sum of the anchors' losses; {@code slope} receives its derivative by q_i q_j / tau. */
  private double losses(double[][] similarity, int[][] labels, double[][] slope) {
    double sum = 0;
    double[] shares = new double[labels.length];
    for (int i = 0; i < labels.length; i++) {
      double logSum = Double.NaN;
      for (int label : labels[i]) {
        int positives = positives(labels, label) - 1;
        if (positives == 0) {
          continue;
        }
        if (Double.isNaN(logSum)) {
          logSum = softmax(similarity[i], labels, i, shares);
        }
        double mean = 0;
        for (int j = 0; j < labels.length; j++) {
          slope[i][j] += shares[j];
          if (j != i && has(labels[j], label)) {
            mean += similarity[i][j] / temperature / positives;
            slope[i][j] -= 1.0 / positives;
          }
        }
        sum += logSum - mean;
      }
    }
    return sum;
  }

  /** Each other row's share of the denominator, a row counting once per label; its logarithm. */
  private double softmax(double[] similarity, int[][] labels, int anchor, double[] shares) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < similarity.length; j++) {
      if (j != anchor && labels[j].length > 0) {
        largest = Math.max(largest, similarity[j] / temperature);
      }
    }
    double sum = 0;
    for (int j = 0; j < similarity.length; j++) {
      boolean other = j != anchor && labels[j].length > 0;
      shares[j] = other ? labels[j].length * Math.exp(similarity[j] / temperature - largest) : 0;
      sum += shares[j];
    }
    for (int j = 0; j < similarity.length; j++) {
      shares[j] /= sum;
    }
    return largest + Math.log(sum);
  }

  private static int positives(int[][] labels, int label) {
    int count = 0;
    for (int[] of : labels) {
      count += has(of, label) ? 1 : 0;
    }
    return count;
  }

  private static int anchors(int[][] labels) {
    int count = 0;
    for (int[] of : labels) {
      for (int label : of) {
        count += positives(labels, label) > 1 ? 1 : 0;
      }
    }
    return count;
  }

  private static boolean has(int[] labels, int label) {
    for (int other : labels) {
      if (other == label) {
        return true;
      }
    }
    return false;
  }

  private void propagate(
      double[][] rows, double[][] unit, double[][] slope, double factor, double[][] gradient) {
    int n = rows.length;
    double[][] symmetric = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        symmetric[i][j] = factor * (slope[i][j] + slope[j][i]);
      }
    }
    if (normalisation == RowNormalisation.RAW) {
      DoubleRows.addProduct(symmetric, unit, gradient);
      return;
    }
    double[][] byUnit = new double[n][unit[0].length];
    DoubleRows.addProduct(symmetric, unit, byUnit);
    for (int i = 0; i < n; i++) {
      addThroughNorm(unit[i], norm(rows[i]), byUnit[i], gradient[i]);
    }
  }

  /** The gradient by a row, of the gradient by the row divided by its norm. */
  private static void addThroughNorm(
      double[] unit, double norm, double[] byUnit, double[] gradient) {
    double along = 0;
    for (int k = 0; k < unit.length; k++) {
      along += unit[k] * byUnit[k];
    }
    for (int k = 0; k < unit.length; k++) {
      gradient[k] += (byUnit[k] - along * unit[k]) / norm;
    }
  }
}
