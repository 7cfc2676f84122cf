package dev.auscult.evaluation;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a file of predictions holds.
 *
 * @param source the file
 * @param test the observations that are evaluated
 * @param validation those that thresholds and temperatures are chosen on; empty without a split
 * @param ignored rows of other splits
 * @param ids which row of {@code test} has which id, and on which line it is
 */
public record PredictionFile(
    Path source, Predictions test, Optional<Predictions> validation, long ignored, IdIndex ids) {}
