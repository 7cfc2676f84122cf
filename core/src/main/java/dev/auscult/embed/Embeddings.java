package dev.auscult.embed;

import dev.auscult.tensor.FloatMatrix;
import java.util.List;

/**
 * Vectors with their names.
 *
 * @param ids one per row, in order
 * @param vectors unit rows {@code [n, d]}
 */
public record Embeddings(List<String> ids, FloatMatrix vectors) {

  /** Copies the ids and checks that every row has one. */
  public Embeddings {
    ids = List.copyOf(ids);
    if (ids.size() != vectors.rows()) {
      throw new IllegalArgumentException(
          "%d ids for %d vectors".formatted(ids.size(), vectors.rows()));
    }
  }

  /** The number of vectors. */
  public int size() {
    return ids.size();
  }
}
