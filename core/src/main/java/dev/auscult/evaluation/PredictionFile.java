package dev.auscult.evaluation;

import java.util.Optional;

/**
 * What a file of predictions holds.
 *
 * @param test the observations that are evaluated
 * @param validation those that thresholds and temperatures are chosen on; empty without a split
 * @param ignored rows of other splits
 * @param ids which row of {@code test} has which id
 */
public record PredictionFile(
    Predictions test, Optional<Predictions> validation, long ignored, IdIndex ids) {}
