package dev.auscult.learning;

import dev.auscult.tensor.FloatMatrix;
import java.util.Arrays;

/**
 * Products of small matrices in double precision, each an array of rows, in one thread: the inner
 * loops run along rows and add four products at a time with {@link Math#fma}, which the JIT
 * compiler turns into vector instructions. The order of summation is fixed, so that the same
 * numbers come out on every machine.
 */
public final class DoubleRows {
  private DoubleRows() {}

  /** A copy of a matrix. */
  public static double[][] doubles(FloatMatrix matrix) {
    double[][] rows = new double[matrix.rows()][matrix.columns()];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < rows[i].length; k++) {
        rows[i][k] = matrix.get(i, k);
      }
    }
    return rows;
  }

  /** The rows one after another, rounded. */
  public static FloatMatrix matrix(double[][] rows, int columns) {
    float[] values = new float[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < columns; k++) {
        values[i * columns + k] = (float) rows[i][k];
      }
    }
    return new FloatMatrix(rows.length, columns, values);
  }

  /** Writes zeros. */
  public static void clear(double[][] rows) {
    for (double[] row : rows) {
      Arrays.fill(row, 0);
    }
  }

  /** The transposed copy of a matrix with at least one row. */
  public static double[][] transposed(double[][] source) {
    double[][] target = new double[source[0].length][source.length];
    for (int i = 0; i < source.length; i++) {
      for (int j = 0; j < target.length; j++) {
        target[j][i] = source[i][j];
      }
    }
    return target;
  }

  /** {@code c += a b}. */
  public static void addProduct(double[][] a, double[][] b, double[][] c) {
    for (int i = 0; i < c.length; i++) {
      double[] weights = a[i];
      int k = 0;
      for (; k + 4 <= b.length; k += 4) {
        add4(
            c[i],
            b[k],
            b[k + 1],
            b[k + 2],
            b[k + 3],
            weights[k],
            weights[k + 1],
            weights[k + 2],
            weights[k + 3]);
      }
      for (; k < b.length; k++) {
        add1(c[i], b[k], weights[k]);
      }
    }
  }

  private static void add4(
      double[] c,
      double[] b0,
      double[] b1,
      double[] b2,
      double[] b3,
      double a0,
      double a1,
      double a2,
      double a3) {
    for (int j = 0; j < c.length; j++) {
      c[j] =
          Math.fma(a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], c[j]))));
    }
  }

  private static void add1(double[] c, double[] b, double a) {
    for (int j = 0; j < c.length; j++) {
      c[j] = Math.fma(a, b[j], c[j]);
    }
  }
}
