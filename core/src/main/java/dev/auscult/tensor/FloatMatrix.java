package dev.auscult.tensor;

import java.util.Arrays;

/** A dense row-major matrix of floats on the heap: {@code [rows, columns]}. */
public final class FloatMatrix {
  private final int rows;
  private final int columns;
  private final float[] values;

  /** Takes ownership of {@code values}, which holds the rows one after another. */
  public FloatMatrix(int rows, int columns, float[] values) {
    if (rows < 0 || columns < 0 || (long) rows * columns != values.length) {
      throw new IllegalArgumentException(
          "%d values do not fill [%d, %d]".formatted(values.length, rows, columns));
    }
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The number of columns. */
  public int columns() {
    return columns;
  }

  /** One value. */
  public float get(int row, int column) {
    return values[row * columns + column];
  }

  /** A copy of one row. */
  public float[] row(int row) {
    return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
  }

  /** A copy of all values, row after row. */
  public float[] toArray() {
    return values.clone();
  }

  /** The inner product of row {@code i} of this and row {@code j} of {@code other}, in double. */
  public double dot(int i, FloatMatrix other, int j) {
    if (columns != other.columns) {
      throw new IllegalArgumentException("%d and %d columns".formatted(columns, other.columns));
    }
    double sum = 0;
    for (int k = 0, a = i * columns, b = j * columns; k < columns; k++) {
      sum += (double) values[a + k] * other.values[b + k];
    }
    return sum;
  }

  /** The rows of this followed by those of {@code other}. */
  public FloatMatrix append(FloatMatrix other) {
    if (columns != other.columns) {
      throw new IllegalArgumentException("%d and %d columns".formatted(columns, other.columns));
    }
    float[] joined = Arrays.copyOf(values, values.length + other.values.length);
    System.arraycopy(other.values, 0, joined, values.length, other.values.length);
    return new FloatMatrix(rows + other.rows, columns, joined);
  }
}
