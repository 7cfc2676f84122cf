package dev.auscult.retrieval;

import java.util.List;

/**
 * An image or a text that is found, or that others are found by.
 *
 * @param id of the first sample that has it
 * @param samples numbers of all samples that have it, ascending
 */
public record RetrievalItem(String id, List<Integer> samples) {

  /** Copies the list. */
  public RetrievalItem {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("an item of no sample: " + id);
    }
  }
}
