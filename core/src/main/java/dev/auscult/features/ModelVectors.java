package dev.auscult.features;

import dev.auscult.embed.Embeddings;
import dev.auscult.tensor.FloatMatrix;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one model makes of one data set.
 *
 * @param model as the user named it
 * @param domain what it was trained on
 * @param images unit rows of those that could be read
 * @param texts unit rows; empty for a model without an encoder of texts, or where none were asked
 *     for
 * @param truncated texts longer than the model's context
 */
record ModelVectors(
    String model,
    ModelDomain domain,
    Embeddings images,
    Optional<Embeddings> texts,
    int truncated) {

  /** The ids of the images. */
  Set<String> ids() {
    return Set.copyOf(images.ids());
  }

  /** The vectors of images in the order of {@code ids}, {@code [n][d]}. */
  double[][] images(List<String> ids) {
    return rows(images, ids);
  }

  /** The vectors of texts in the order of {@code ids}, which all have one. */
  double[][] texts(List<String> ids) {
    return rows(texts.orElseThrow(), ids);
  }

  private static double[][] rows(Embeddings embeddings, List<String> ids) {
    Map<String, Integer> rowOf = new HashMap<>();
    for (int i = 0; i < embeddings.size(); i++) {
      rowOf.put(embeddings.ids().get(i), i);
    }
    return ids.stream()
        .map(id -> row(embeddings.vectors(), rowOf.getOrDefault(id, -1)))
        .toArray(double[][]::new);
  }

  private static double[] row(FloatMatrix vectors, int row) {
    double[] values = new double[vectors.columns()];
    for (int k = 0; k < values.length; k++) {
      values[k] = vectors.get(row, k);
    }
    return values;
  }
}
