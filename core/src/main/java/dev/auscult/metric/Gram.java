package dev.auscult.metric;

/** Inner products of centred observations. */
final class Gram {
  private Gram() {}

  /**
   * The products of each observation with each, all less their mean.
   *
   * @param rows {@code [n][d]}
   * @return {@code [n][n]}, symmetric
   */
  static double[][] of(double[][] rows) {
    double[][] centred = centred(rows);
    int n = rows.length;
    double[][] products = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        products[i][j] = dot(centred[i], centred[j]);
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
