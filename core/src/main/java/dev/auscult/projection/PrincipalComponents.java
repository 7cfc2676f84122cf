package dev.auscult.projection;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * Principal component analysis (Pearson 1901) by the eigenvectors of the covariance matrix, or of
 * the matrix of inner products where there are fewer points than coordinates. Of the two directions
 * of an axis it takes the one whose coordinate of largest size is positive, as scikit-learn does.
 */
public final class PrincipalComponents {
  /** Variance below this share of the largest is rounding, not a direction. */
  private static final double ROUNDING = 1e-14;

  private final double[][] axes;
  private final double[] variances;
  private final double total;
  private final double[][] scores;

  private PrincipalComponents(
      double[][] axes, double[] variances, double total, double[][] scores) {
    this.axes = axes;
    this.variances = variances;
    this.total = total;
    this.scores = scores;
  }

  /**
   * Analyses points.
   *
   * @param rows {@code [n][d]}
   * @param components how many to find; where the points spread in fewer directions the others have
   *     variance 0, an axis of zeros and scores of 0
   * @throws IllegalArgumentException if a number is not finite or rows differ in length
   */
  public static PrincipalComponents of(double[][] rows, int components) {
    Points.check(rows);
    if (components < 1) {
      throw new IllegalArgumentException(components + " components");
    }
    double[][] centred = centred(rows);
    int n = rows.length;
    int d = rows[0].length;
    Spectrum spectrum = Spectrum.of(d <= n ? columnProducts(centred) : rowProducts(centred));
    double[][] axes = new double[components][d];
    double[] variances = new double[components];
    for (int c = 0; c < components; c++) {
      if (spectrum.has(c)) {
        double[] vector = spectrum.vector(c);
        axes[c] = signed(d <= n ? vector : unit(combined(centred, vector)));
        variances[c] = spectrum.value(c) / (n - 1);
      }
    }
    return new PrincipalComponents(
        axes, variances, spectrum.sum() / (n - 1), projected(centred, axes));
  }

  /** The coordinates of the points along the axes, {@code [n][components]}. */
  public double[][] scores() {
    return copy(scores);
  }

  /** Unit vectors {@code [components][d]}, that of most variance first. */
  public double[][] axes() {
    return copy(axes);
  }

  /** The variance along each axis, n - 1 in the denominator. */
  public double[] variances() {
    return variances.clone();
  }

  /** The share of all variance that an axis has; {@code NaN} where there is none. */
  public double share(int component) {
    return variances[component] / total;
  }

  /**
   * Eigenvectors in columns, by descending eigenvalue.
   *
   * @param order the columns, that of the largest eigenvalue first
   */
  private record Spectrum(RealMatrix vectors, List<Double> values, List<Integer> order) {
    static Spectrum of(double[][] symmetric) {
      RealMatrix matrix = new Array2DRowRealMatrix(symmetric, false);
      try {
        EigenDecompositionSymmetric found = new EigenDecompositionSymmetric(matrix);
        return of(found.getV(), found.getEigenvalues());
      } catch (MathIllegalStateException e) {
        // Its iterations may not converge where many eigenvalues are 0, as where points repeat; of
        // a symmetric matrix without negative ones the singular values are the same.
        SingularValueDecomposition found = new SingularValueDecomposition(matrix);
        return of(found.getU(), found.getSingularValues());
      }
    }

    private static Spectrum of(RealMatrix vectors, double[] values) {
      return new Spectrum(
          vectors,
          Arrays.stream(values).boxed().toList(),
          IntStream.range(0, values.length)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -values[i]))
              .toList());
    }

    boolean has(int rank) {
      return rank < order.size() && value(rank) > ROUNDING * Math.max(value(0), Double.MIN_NORMAL);
    }

    double value(int rank) {
      return values.get(order.get(rank));
    }

    double[] vector(int rank) {
      return vectors.getColumn(order.get(rank));
    }

    double sum() {
      return values.stream().mapToDouble(Double::doubleValue).sum();
    }
  }

  private static double[][] centred(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) {
      for (int k = 0; k < mean.length; k++) {
        mean[k] += row[k];
      }
    }
    double[][] centred = new double[rows.length][mean.length];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < mean.length; k++) {
        centred[i][k] = rows[i][k] - mean[k] / rows.length;
      }
    }
    return centred;
  }

  private static double[][] columnProducts(double[][] rows) {
    int d = rows[0].length;
    double[][] products = new double[d][d];
    for (double[] row : rows) {
      for (int a = 0; a < d; a++) {
        double factor = row[a];
        double[] target = products[a];
        for (int b = 0; b < d; b++) {
          target[b] += factor * row[b];
        }
      }
    }
    return products;
  }

  private static double[][] rowProducts(double[][] rows) {
    double[][] products = new double[rows.length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j <= i; j++) {
        products[i][j] = dot(rows[i], rows[j]);
        products[j][i] = products[i][j];
      }
    }
    return products;
  }

  private static double[] combined(double[][] rows, double[] weights) {
    double[] sum = new double[rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < sum.length; k++) {
        sum[k] += weights[i] * rows[i][k];
      }
    }
    return sum;
  }

  private static double[] unit(double[] vector) {
    double norm = Math.sqrt(dot(vector, vector));
    return Arrays.stream(vector).map(value -> value / norm).toArray();
  }

  private static double[] signed(double[] axis) {
    double largest = 0;
    for (double value : axis) {
      largest = Math.abs(value) > Math.abs(largest) ? value : largest;
    }
    double sign = largest < 0 ? -1 : 1;
    return Arrays.stream(axis).map(value -> sign * value).toArray();
  }

  private static double[][] projected(double[][] rows, double[][] axes) {
    return Arrays.stream(rows)
        .map(row -> Arrays.stream(axes).mapToDouble(axis -> dot(row, axis)).toArray())
        .toArray(double[][]::new);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static double[][] copy(double[][] matrix) {
    return Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
  }
}
