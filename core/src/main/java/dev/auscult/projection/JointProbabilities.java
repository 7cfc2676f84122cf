package dev.auscult.projection;

/**
 * How much points are neighbours of each other, as t-SNE sees it: Gaussian around every point, each
 * as wide as gives it the wanted number of neighbours, made symmetric (van der Maaten and Hinton
 * 2008, equations 1 and 2 and section 3.1).
 */
final class JointProbabilities {
  /** Halvings of the interval of precisions. */
  private static final int STEPS = 100;

  /** The entropy is met to this. */
  private static final double TOLERANCE = 1e-9;

  private JointProbabilities() {}

  /**
   * The probabilities {@code [n][n]}, 0 on the diagonal; their sum is 1.
   *
   * @param squares squared distances {@code [n][n]}
   * @param perplexity effective number of neighbours, less than n - 1
   */
  static double[][] of(double[][] squares, double perplexity, Workers workers) {
    int n = squares.length;
    double[][] conditional = new double[n][];
    workers.each(n, i -> conditional[i] = conditional(squares[i], i, perplexity));
    double[][] joint = new double[n][n];
    workers.each(
        n,
        i -> {
          for (int j = 0; j < n; j++) {
            joint[i][j] = (conditional[i][j] + conditional[j][i]) / (2.0 * n);
          }
        });
    return joint;
  }

  /** The distribution over the other points whose entropy is the logarithm of the perplexity. */
  private static double[] conditional(double[] squares, int self, double perplexity) {
    double wanted = Math.log(perplexity);
    double nearest = nearest(squares, self);
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double precision = 1;
    double[] row = new double[squares.length];
    for (int step = 0; step < STEPS; step++) {
      double excess = fill(row, squares, self, nearest, precision) - wanted;
      if (Math.abs(excess) <= TOLERANCE) {
        break;
      }
      if (excess > 0) {
        low = precision;
        precision = Double.isInfinite(high) ? precision * 2 : (low + high) / 2;
      } else {
        high = precision;
        precision = (low + high) / 2;
      }
    }
    return row;
  }

  private static double nearest(double[] squares, int self) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int j = 0; j < squares.length; j++) {
      nearest = j == self ? nearest : Math.min(nearest, squares[j]);
    }
    return nearest;
  }

  /**
   * Fills the distribution of a precision and returns its entropy. Distances count from the nearest
   * on, which changes nothing but keeps the sum from vanishing.
   */
  private static double fill(
      double[] row, double[] squares, int self, double nearest, double precision) {
    double sum = 0;
    double weighted = 0;
    for (int j = 0; j < row.length; j++) {
      double beyond = squares[j] - nearest;
      row[j] = j == self ? 0 : Math.exp(-beyond * precision);
      sum += row[j];
      weighted += j == self ? 0 : beyond * row[j];
    }
    for (int j = 0; j < row.length; j++) {
      row[j] /= sum;
    }
    return Math.log(sum) + precision * weighted / sum;
  }
}
