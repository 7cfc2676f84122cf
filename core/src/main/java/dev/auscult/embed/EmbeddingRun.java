package dev.auscult.embed;

import dev.auscult.data.Dataset.Skipped;
import java.util.List;

/**
 * What embedding gave and what it cost.
 *
 * @param embeddings one row per item that could be read, in the order given
 * @param skipped items that could not be read, with the reason
 * @param truncated texts longer than the model's context
 * @param encoded items that passed through the encoder; the others came from the cache, or equal
 *     another item
 */
public record EmbeddingRun(
    Embeddings embeddings, List<Skipped> skipped, int truncated, int encoded) {

  /** Copies the list. */
  public EmbeddingRun {
    skipped = List.copyOf(skipped);
  }
}
