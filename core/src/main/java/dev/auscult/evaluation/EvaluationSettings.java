package dev.auscult.evaluation;

import dev.auscult.metric.Bootstrap;

/**
 * How predictions are evaluated.
 *
 * @param bootstrap of all intervals, by patient
 * @param threads how many to use; no figure depends on it
 * @param scores what the scores are
 * @param bins of equal width for calibration
 * @param threshold from which score on a label is called
 * @param intersections which groups are formed of two attributes
 * @param minimum patients of a group that is compared with others
 */
public record EvaluationSettings(
    Bootstrap bootstrap,
    int threads,
    ScoreKind scores,
    int bins,
    ThresholdChoice threshold,
    Intersections intersections,
    int minimum) {
  /** Checks the numbers. */
  public EvaluationSettings {
    if (threads < 1 || bins < 1 || bins > 1000 || minimum < 1) {
      throw new IllegalArgumentException(
          "%d threads, %d bins, %d patients".formatted(threads, bins, minimum));
    }
  }
}
