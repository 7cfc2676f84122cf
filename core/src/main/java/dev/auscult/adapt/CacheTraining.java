package dev.auscult.adapt;

import java.util.Arrays;

/** The loss of the cache's own training samples as a function of its keys. */
final class CacheTraining {
  private final CacheHead cache;
  private final AdaptationTask task;
  private final float[][] images;
  private final float[][] values;
  private final double[][] byText;
  private final float[][] keys;
  private final float[][] keysTransposed;
  private final float[][] gradient;

  CacheTraining(CacheHead cache, AdaptationTask task) {
    this.cache = cache;
    this.task = task;
    this.images = Rows.of(task.train().images());
    this.values = Rows.of(cache.values());
    this.byText = new CacheLogits(cache, task.train().images()).of(0, 0);
    this.keys = Rows.of(cache.keys());
    this.keysTransposed = new float[cache.keys().columns()][keys.length];
    this.gradient = new float[keys.length][cache.keys().columns()];
  }

  float[][] keys() {
    return keys;
  }

  float[][] gradient() {
    return gradient;
  }

  CacheHead toHead() {
    return cache.with(Rows.matrix(keys, cache.keys().columns()));
  }

  /** The mean loss of some samples; {@link #gradient} is its derivative by the keys. */
  double loss(int[] rows) {
    Rows.transpose(keys, keysTransposed);
    float[][] weights = new float[rows.length][keys.length];
    double[][] logits = new double[rows.length][];
    float[][] input = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      input[i] = images[rows[i]];
      Rows.addCombination(input[i], keysTransposed, weights[i]);
      for (int k = 0; k < keys.length; k++) {
        weights[i][k] = (float) Math.exp(cache.sharpness() * (weights[i][k] - 1));
      }
      logits[i] = byText[rows[i]].clone();
      float[] votes = new float[logits[i].length];
      Rows.addCombination(weights[i], values, votes);
      for (int c = 0; c < votes.length; c++) {
        logits[i][c] += cache.share() * votes[c];
      }
    }
    double loss =
        ClassLoss.of(
            logits,
            Arrays.stream(rows).mapToObj(row -> task.train().labels().get(row)).toList(),
            task.mode());
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < keys.length; k++) {
        double byWeight = 0;
        for (int c = 0; c < logits[i].length; c++) {
          byWeight += logits[i][c] * values[k][c];
        }
        weights[i][k] = (float) (cache.share() * cache.sharpness() * weights[i][k] * byWeight);
      }
    }
    Rows.clear(gradient);
    Rows.addTransposedProduct(weights, rows.length, input, gradient, keys.length);
    return loss;
  }
}
