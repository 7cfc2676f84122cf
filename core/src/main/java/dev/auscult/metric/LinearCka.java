package dev.auscult.metric;

import java.util.Arrays;
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
    return switch (estimator) {
      case BIASED -> normalised(traces(representations.stream().map(Gram::of).toList()));
      case DEBIASED -> {
        double[] once = new double[n];
        Arrays.fill(once, 1);
        yield DebiasedCka.of(representations).of(once);
      }
    };
  }

  private static double[][] traces(List<double[][]> products) {
    double[][] traces = new double[products.size()][products.size()];
    for (int a = 0; a < traces.length; a++) {
      for (int b = 0; b <= a; b++) {
        traces[a][b] = trace(products.get(a), products.get(b));
        traces[b][a] = traces[a][b];
      }
    }
    return traces;
  }

  private static double trace(double[][] k, double[][] l) {
    double trace = 0;
    for (int i = 0; i < k.length; i++) {
      for (int j = 0; j < k.length; j++) {
        trace += k[i][j] * l[i][j];
      }
    }
    return trace;
  }

  /**
   * Criteria over the roots of those of each with itself; {@code NaN} where one is not positive.
   */
  static double[][] normalised(double[][] criteria) {
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
}
