package dev.auscult.adapt;

import dev.auscult.tensor.FloatMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Products of small matrices, each an array of rows, in one thread: the inner loops run along rows
 * and add four products at a time with {@link Math#fma}, which the JIT compiler turns into vector
 * instructions. The order of summation is fixed, so that the same numbers come out on every
 * machine.
 */
final class Rows {
  private Rows() {}

  /** A copy of a matrix. */
  static float[][] of(FloatMatrix matrix) {
    return IntStream.range(0, matrix.rows()).mapToObj(matrix::row).toArray(float[][]::new);
  }

  /** The rows one after another. */
  static FloatMatrix matrix(float[][] rows, int columns) {
    float[] values = new float[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, values, i * columns, columns);
    }
    return new FloatMatrix(rows.length, columns, values);
  }

  /** Writes zeros. */
  static void clear(float[][] rows) {
    for (float[] row : rows) {
      Arrays.fill(row, 0);
    }
  }

  /** {@code target[j][i] = source[i][j]}. */
  static void transpose(float[][] source, float[][] target) {
    transpose(source, source.length, target);
  }

  /** The same of the first {@code count} rows. */
  static void transpose(float[][] source, int count, float[][] target) {
    int j = 0;
    for (; j + 8 <= target.length; j += 8) {
      transpose8(source, count, target, j);
    }
    for (; j < target.length; j++) {
      for (int i = 0; i < count; i++) {
        target[j][i] = source[i][j];
      }
    }
  }

  private static void transpose8(float[][] source, int count, float[][] target, int j) {
    float[] t0 = target[j];
    float[] t1 = target[j + 1];
    float[] t2 = target[j + 2];
    float[] t3 = target[j + 3];
    float[] t4 = target[j + 4];
    float[] t5 = target[j + 5];
    float[] t6 = target[j + 6];
    float[] t7 = target[j + 7];
    for (int i = 0; i < count; i++) {
      float[] row = source[i];
      t0[i] = row[j];
      t1[i] = row[j + 1];
      t2[i] = row[j + 2];
      t3[i] = row[j + 3];
      t4[i] = row[j + 4];
      t5[i] = row[j + 5];
      t6[i] = row[j + 6];
      t7[i] = row[j + 7];
    }
  }

  /** {@code target += sum over k of weights[k] rows[k]}. */
  static void addCombination(float[] weights, float[][] rows, float[] target) {
    addWeighted(weights, rows.length, rows, target);
  }

  /** The same of the first {@code count}. */
  static void addWeighted(float[] weights, int count, float[][] rows, float[] target) {
    int k = 0;
    for (; k + 4 <= count; k += 4) {
      add4(
          target,
          rows[k],
          rows[k + 1],
          rows[k + 2],
          rows[k + 3],
          weights[k],
          weights[k + 1],
          weights[k + 2],
          weights[k + 3]);
    }
    for (; k < count; k++) {
      add1(target, rows[k], weights[k]);
    }
  }

  /**
   * {@code target += sum over the chosen of weights[k] rows[k]}; what is not chosen is as if its
   * weight were 0.
   */
  static void addCombination(
      float[] weights, int[] chosen, int count, float[][] rows, float[] target) {
    int c = 0;
    for (; c + 4 <= count; c += 4) {
      int k0 = chosen[c];
      int k1 = chosen[c + 1];
      int k2 = chosen[c + 2];
      int k3 = chosen[c + 3];
      add4(
          target,
          rows[k0],
          rows[k1],
          rows[k2],
          rows[k3],
          weights[k0],
          weights[k1],
          weights[k2],
          weights[k3]);
    }
    for (; c < count; c++) {
      add1(target, rows[chosen[c]], weights[chosen[c]]);
    }
  }

  /**
   * {@code c += a^T b} of the first {@code k} rows and {@code n} columns of {@code a}.
   *
   * @param a {@code [k, n]}
   * @param b {@code [k, m]}
   * @param c {@code [n, m]}
   */
  static void addTransposedProduct(float[][] a, int k, float[][] b, float[][] c, int n) {
    int row = 0;
    for (; row + 4 <= k; row += 4) {
      for (int i = 0; i < n; i++) {
        add4(
            c[i],
            b[row],
            b[row + 1],
            b[row + 2],
            b[row + 3],
            a[row][i],
            a[row + 1][i],
            a[row + 2][i],
            a[row + 3][i]);
      }
    }
    for (; row < k; row++) {
      for (int i = 0; i < n; i++) {
        add1(c[i], b[row], a[row][i]);
      }
    }
  }

  /** The inner product of two rows, in sixteen partial sums. */
  static double dot(float[] a, float[] b) {
    float[] sums = new float[16];
    int k = 0;
    for (; k + 16 <= a.length; k += 16) {
      for (int lane = 0; lane < 16; lane++) {
        sums[lane] = Math.fma(a[k + lane], b[k + lane], sums[lane]);
      }
    }
    double sum = 0;
    for (; k < a.length; k++) {
      sum += (double) a[k] * b[k];
    }
    for (float part : sums) {
      sum += part;
    }
    return sum;
  }

  private static void add4(
      float[] c,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      float a0,
      float a1,
      float a2,
      float a3) {
    for (int j = 0; j < c.length; j++) {
      c[j] =
          Math.fma(a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], c[j]))));
    }
  }

  private static void add1(float[] c, float[] b, float a) {
    for (int j = 0; j < c.length; j++) {
      c[j] = Math.fma(a, b[j], c[j]);
    }
  }
}
