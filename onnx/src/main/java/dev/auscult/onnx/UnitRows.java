package dev.auscult.onnx;

import dev.auscult.base.InputException;
import java.nio.FloatBuffer;
import java.nio.file.Path;

/** Embeddings of one run, each divided by its length. */
final class UnitRows {
  private final int dimension;
  private final float[] values;

  private UnitRows(int dimension, float[] values) {
    this.dimension = dimension;
    this.values = values;
  }

  /**
   * Normalises rows.
   *
   * @param file the network, for messages
   * @param embeddings {@code [rows, dimension]}
   * @throws InputException if a row is not finite, or zero
   */
  static UnitRows of(Path file, FloatBuffer embeddings, int rows, int dimension) {
    float[] values = new float[Math.multiplyExact(rows, dimension)];
    embeddings.get(values);
    for (int row = 0; row < rows; row++) {
      normalise(file, values, row * dimension, dimension);
    }
    return new UnitRows(dimension, values);
  }

  private static void normalise(Path file, float[] values, int from, int dimension) {
    double squares = 0;
    for (int k = from; k < from + dimension; k++) {
      squares += (double) values[k] * values[k];
    }
    double length = Math.sqrt(squares);
    if (!Double.isFinite(length) || length == 0) {
      throw new InputException(
          file.toString(),
          length == 0 ? "an embedding of zeros" : "an embedding that is not finite",
          "finite embeddings with a direction",
          "check the export against the original model");
    }
    for (int k = from; k < from + dimension; k++) {
      values[k] = (float) (values[k] / length);
    }
  }

  /** Their length. */
  int dimension() {
    return dimension;
  }

  /** Copies a row. */
  void copy(int row, float[] target, int targetRow) {
    System.arraycopy(values, row * dimension, target, targetRow * dimension, dimension);
  }

  /** The largest difference of a value between two rows. */
  double difference(int row, UnitRows other, int otherRow) {
    double worst = 0;
    for (int k = 0; k < dimension; k++) {
      worst =
          Math.max(
              worst,
              Math.abs(values[row * dimension + k] - other.values[otherRow * dimension + k]));
    }
    return worst;
  }
}
