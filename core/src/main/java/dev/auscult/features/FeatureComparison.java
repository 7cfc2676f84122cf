package dev.auscult.features;

import dev.auscult.metric.Estimate;

/**
 * How a figure differs between two models on the same images.
 *
 * @param data the name of the data set
 * @param by what the classes are
 * @param first a model
 * @param second another
 * @param figure what is compared
 * @param difference first minus second, with its interval by patient
 * @param p of no difference: the share of all ways to exchange the models within patients that give
 *     a difference as large
 * @param pHolm the same, corrected for every comparison of the study (Holm)
 */
public record FeatureComparison(
    String data,
    String by,
    String first,
    String second,
    FeatureFigure figure,
    Estimate difference,
    double p,
    double pHolm) {

  /** Whether chance alone hardly gives such a difference. */
  public boolean isClear() {
    return pHolm < FeatureSettings.LEVEL;
  }

  FeatureComparison corrected(double holm) {
    return new FeatureComparison(data, by, first, second, figure, difference, p, holm);
  }
}
