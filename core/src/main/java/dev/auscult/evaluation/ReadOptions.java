package dev.auscult.evaluation;

import java.util.Map;

/**
 * How a file of predictions is read.
 *
 * @param delimiter between fields
 * @param scores what the scores are
 * @param bands of numeric attributes by name; ages have bands of their own unless given
 * @param heap how many bytes Java may use
 * @param files how many are in memory at once
 */
public record ReadOptions(
    char delimiter, ScoreKind scores, Map<String, Bands> bands, long heap, int files) {
  /** What else lives beside the rows takes a quarter. */
  private static final double SHARE = 0.75;

  /** Copies the map. */
  public ReadOptions {
    if (heap < 1 || files < 1) {
      throw new IllegalArgumentException("%d bytes for %d files".formatted(heap, files));
    }
    bands = Map.copyOf(bands);
  }

  /** Commas and probabilities, of a single file. */
  public static ReadOptions standard() {
    return new ReadOptions(
        ',', ScoreKind.PROBABILITY, Map.of(), Runtime.getRuntime().maxMemory(), 1);
  }

  /** How many bytes evaluating the rows of one file may take. */
  double rowBytes() {
    return heap * SHARE / files;
  }

  /** How many bytes Java must be allowed for rows that take so many. */
  double heapFor(double rowBytes) {
    return rowBytes * files / SHARE;
  }
}
