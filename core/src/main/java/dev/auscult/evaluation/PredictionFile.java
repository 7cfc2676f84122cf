package dev.auscult.evaluation;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a file of predictions holds.
 *
 * @param source the file
 * @param model whose they are, as readers of a report shall see it; the file where nobody says more
 * @param test the observations that are evaluated
 * @param validation those that thresholds and temperatures are chosen on; empty without a split
 * @param ignored rows of other splits
 * @param ids which row of {@code test} has which id, and on which line it is
 */
public record PredictionFile(
    Path source,
    String model,
    Predictions test,
    Optional<Predictions> validation,
    long ignored,
    IdIndex ids) {

  /** The same of a model that is known by name. */
  public PredictionFile of(String name) {
    return new PredictionFile(source, name, test, validation, ignored, ids);
  }
}
