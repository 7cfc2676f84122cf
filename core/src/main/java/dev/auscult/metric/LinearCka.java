package dev.auscult.metric;

import java.util.List;

/**
 * How alike two representations of the same observations are, up to rotation and scale: centred
 * kernel alignment with linear kernels (Kornblith and others 2019).
 */
public final class LinearCka {
  private LinearCka() {}

  /** Which estimate of the Hilbert-Schmidt independence criterion it is made of. */
  public enum Estimator {
    /**
     * As defined for the observations at hand (Gretton and others 2005): 0 to 1, too high of few.
     */
    BIASED,
    /**
     * Without the bias of few observations in many dimensions (Song and others 2012): about 0 of
     * unrelated representations, and then also below 0.
     */
    DEBIASED
  }

  /**
   * The alignment; {@code NaN} where a representation is the same for all observations.
   *
   * @param x {@code [n][d]}
   * @param y {@code [n][e]} of the same observations in the same order
   * @throws IllegalArgumentException if the numbers of rows differ or are fewer than 4
   */
  public static double of(double[][] x, double[][] y, Estimator estimator) {
    return matrix(List.of(x, y), estimator)[0][1];
  }

  /**
   * The alignment of each representation with each, {@code [m][m]}: symmetric, 1 with itself.
   *
   * @param representations {@code [n][d]} each, of the same observations in the same order
   * @throws IllegalArgumentException if the numbers of rows differ or are fewer than 4
   */
  public static double[][] matrix(List<double[][]> representations, Estimator estimator) {
    int n = representations.isEmpty() ? 0 : representations.get(0).length;
    for (double[][] rows : representations) {
      if (rows.length != n || n < 4) {
        throw new IllegalArgumentException(
            "%d and %d observations; at least 4 of each are needed".formatted(n, rows.length));
      }
    }
    List<double[][]> products =
        representations.stream().map(rows -> Gram.of(rows, estimator)).toList();
    int count = products.size();
    double[][] criteria = new double[count][count];
    for (int a = 0; a < count; a++) {
      for (int b = 0; b <= a; b++) {
        criteria[a][b] = criterion(products.get(a), products.get(b), estimator);
        criteria[b][a] = criteria[a][b];
      }
    }
    return normalised(criteria);
  }

  private static double[][] normalised(double[][] criteria) {
    double[][] aligned = new double[criteria.length][criteria.length];
    for (int a = 0; a < criteria.length; a++) {
      for (int b = 0; b < criteria.length; b++) {
        boolean varied = criteria[a][a] > 0 && criteria[b][b] > 0;
        aligned[a][b] =
            varied ? criteria[a][b] / Math.sqrt(criteria[a][a] * criteria[b][b]) : Double.NaN;
      }
    }
    return aligned;
  }

  /** The criterion up to a factor that depends on n only. */
  private static double criterion(double[][] k, double[][] l, Estimator estimator) {
    int n = k.length;
    double trace = 0;
    double sumK = 0;
    double sumL = 0;
    double crossed = 0;
    for (int i = 0; i < n; i++) {
      double rowK = 0;
      double rowL = 0;
      for (int j = 0; j < n; j++) {
        trace += k[i][j] * l[i][j];
        rowK += k[i][j];
        rowL += l[i][j];
      }
      sumK += rowK;
      sumL += rowL;
      crossed += rowK * rowL;
    }
    return switch (estimator) {
      case BIASED -> trace;
      case DEBIASED -> trace + sumK * sumL / ((n - 1.0) * (n - 2.0)) - 2 / (n - 2.0) * crossed;
    };
  }

  /** Inner products of centred observations. */
  private static final class Gram {
    private Gram() {}

    /** {@code [n][n]}; for the debiased estimate without diagonal. */
    static double[][] of(double[][] rows, Estimator estimator) {
      double[][] centred = centred(rows);
      int n = rows.length;
      double[][] products = new double[n][n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
          boolean left = i == j && estimator == Estimator.DEBIASED;
          products[i][j] = left ? 0 : dot(centred[i], centred[j]);
          products[j][i] = products[i][j];
        }
      }
      return products;
    }

    private static double[][] centred(double[][] rows) {
      int dimension = rows[0].length;
      double[] mean = new double[dimension];
      for (double[] row : rows) {
        for (int k = 0; k < dimension; k++) {
          mean[k] += row[k] / rows.length;
        }
      }
      double[][] centred = new double[rows.length][dimension];
      for (int i = 0; i < rows.length; i++) {
        for (int k = 0; k < dimension; k++) {
          centred[i][k] = rows[i][k] - mean[k];
        }
      }
      return centred;
    }

    private static double dot(double[] a, double[] b) {
      if (a.length != b.length) {
        throw new IllegalArgumentException("%d and %d coordinates".formatted(a.length, b.length));
      }
      double sum = 0;
      for (int k = 0; k < a.length; k++) {
        sum += a[k] * b[k];
      }
      return sum;
    }
  }
}
