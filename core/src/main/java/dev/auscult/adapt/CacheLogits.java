package dev.auscult.adapt;

import dev.auscult.learning.DoubleRows;
import dev.auscult.tensor.FloatMatrix;

/** The logits of images by a cache for any share and sharpness; the products are made once. */
final class CacheLogits {
  private final double[][] byText;
  private final double[][] affinities;
  private final double[][] values;

  CacheLogits(CacheHead cache, FloatMatrix images) {
    double[][] rows = DoubleRows.doubles(images);
    this.byText = product(rows, cache.texts(), cache.logitScale());
    this.affinities = product(rows, cache.keys(), 1);
    this.values = DoubleRows.doubles(cache.values());
  }

  private static double[][] product(double[][] rows, FloatMatrix others, double factor) {
    double[][] products = new double[rows.length][others.rows()];
    if (rows.length > 0) {
      DoubleRows.addProduct(rows, DoubleRows.transposed(DoubleRows.doubles(others)), products);
    }
    for (double[] row : products) {
      for (int k = 0; k < row.length; k++) {
        row[k] *= factor;
      }
    }
    return products;
  }

  /** {@code s x W^T + a exp(-b (1 - x K^T)) V}, {@code [n, columns]}. */
  double[][] of(double share, double sharpness) {
    double[][] logits = new double[byText.length][];
    for (int i = 0; i < logits.length; i++) {
      double[] weights = new double[values.length];
      for (int k = 0; k < weights.length; k++) {
        weights[k] = share * Math.exp(sharpness * (affinities[i][k] - 1));
      }
      logits[i] = byText[i].clone();
      DoubleRows.addProduct(new double[][] {weights}, values, new double[][] {logits[i]});
    }
    return logits;
  }
}
