package dev.auscult.evaluation;

import java.util.Map;

/**
 * How a file of predictions is read.
 *
 * @param delimiter between fields
 * @param scores what the scores are
 * @param bands of numeric attributes by name; ages have bands of their own unless given
 * @param maxBytes the most memory that evaluating it may take
 */
public record ReadOptions(
    char delimiter, ScoreKind scores, Map<String, Bands> bands, long maxBytes) {
  /** Copies the map. */
  public ReadOptions {
    bands = Map.copyOf(bands);
  }

  /** Commas and probabilities. */
  public static ReadOptions standard() {
    return new ReadOptions(',', ScoreKind.PROBABILITY, Map.of(), Runtime.getRuntime().maxMemory());
  }
}
