package dev.auscult.shapley;

/** Vectors of one length, numbered from 0. Immutable. */
public final class Vectors {
  private final int count;
  private final int dimension;
  private final float[] values;

  /**
   * Takes ownership of {@code values}, which holds the vectors one after another.
   *
   * @param count how many vectors
   * @param dimension their length
   */
  public Vectors(int count, int dimension, float[] values) {
    if (count < 0 || dimension < 1 || (long) count * dimension != values.length) {
      throw new IllegalArgumentException(
          "%d values do not fill [%d, %d]".formatted(values.length, count, dimension));
    }
    this.count = count;
    this.dimension = dimension;
    this.values = values;
  }

  /** How many vectors there are. */
  public int count() {
    return count;
  }

  /** The length of each. */
  public int dimension() {
    return dimension;
  }

  /** One value of one vector. */
  public float get(int vector, int k) {
    return values[vector * dimension + k];
  }

  /** One vector, in double. */
  public double[] vector(int vector) {
    double[] copy = new double[dimension];
    for (int k = 0; k < dimension; k++) {
      copy[k] = get(vector, k);
    }
    return copy;
  }

  /** Copies one vector to {@code target}, beginning at {@code at}. */
  void copy(int vector, float[] target, int at) {
    System.arraycopy(values, vector * dimension, target, at, dimension);
  }

  /** The inner product of vector {@code i} of this and vector {@code j} of {@code other}. */
  double dot(int i, Vectors other, int j) {
    return dot(i, other, j, 0);
  }

  /**
   * The inner product of vector {@code i} of this with one part of vector {@code j} of {@code
   * other}, whose vectors are several of this dimension one after another.
   */
  double dot(int i, Vectors other, int j, int part) {
    double sum = 0;
    int from = i * dimension;
    int with = j * other.dimension + part * dimension;
    for (int k = 0; k < dimension; k++) {
      sum += (double) values[from + k] * other.values[with + k];
    }
    return sum;
  }

  /** The inner product of the difference of two vectors, {@code after - before}, with another. */
  double differenceDot(int before, int after, double[] other) {
    double sum = 0;
    int from = before * dimension;
    int to = after * dimension;
    for (int k = 0; k < dimension; k++) {
      sum += ((double) values[to + k] - values[from + k]) * other[k];
    }
    return sum;
  }

  @Override
  public String toString() {
    return "%d vectors of %d".formatted(count, dimension);
  }
}
