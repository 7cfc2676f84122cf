package dev.auscult.fusion;

import dev.auscult.tensor.FloatMatrix;
import java.util.Arrays;

/** Features of pairs with samples in columns and a row of ones at the end of each matrix. */
final class PairBatch {
  private final int size;
  private final double[][] images;
  private final double[][] texts;
  private final double[][] both;

  private PairBatch(int size, double[][] images, double[][] texts) {
    this.size = size;
    this.images = images;
    this.texts = texts;
    this.both = new double[images.length + texts.length - 1][];
    System.arraycopy(images, 0, both, 0, images.length - 1);
    System.arraycopy(texts, 0, both, images.length - 1, texts.length);
  }

  /** All rows of two matrices. */
  static PairBatch of(FloatMatrix images, FloatMatrix texts) {
    int[] every = new int[images.rows()];
    Arrays.setAll(every, i -> i);
    return of(images, texts, every);
  }

  /** These rows of two matrices. */
  static PairBatch of(FloatMatrix images, FloatMatrix texts, int[] rows) {
    return new PairBatch(rows.length, columns(images, rows), columns(texts, rows));
  }

  private static double[][] columns(FloatMatrix matrix, int[] rows) {
    double[][] columns = new double[matrix.columns() + 1][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < matrix.columns(); k++) {
        columns[k][i] = matrix.get(rows[i], k);
      }
    }
    Arrays.fill(columns[matrix.columns()], 1);
    return columns;
  }

  int size() {
    return size;
  }

  /** {@code [d + 1, n]}. */
  double[][] images() {
    return images;
  }

  /** {@code [d + 1, n]}. */
  double[][] texts() {
    return texts;
  }

  /** {@code [2 d + 1, n]}. */
  double[][] both() {
    return both;
  }
}
