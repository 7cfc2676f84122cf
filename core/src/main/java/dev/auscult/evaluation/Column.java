package dev.auscult.evaluation;

import java.util.Arrays;

/** Numbers that become more. */
final class Column {
  private static final int FIRST = 1024;

  private double[] values = new double[FIRST];
  private int size;

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size + (size >> 1));
    }
    values[size++] = value;
  }

  double[] toArray() {
    return Arrays.copyOf(values, size);
  }

  /** Whole numbers that become more. */
  static final class Whole {
    private int[] values = new int[FIRST];
    private int size;

    void add(int value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size + (size >> 1));
      }
      values[size++] = value;
    }

    int[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }
}
