package dev.auscult.metric;

/**
 * Figures of a ranking that know no threshold; all {@code NaN} without positives or without
 * negatives.
 *
 * @param auroc area under the receiver operating characteristic, ties half
 * @param averagePrecision sum over distinct scores of the step in recall times the precision there,
 *     as scikit-learn's {@code average_precision_score}: no interpolation
 * @param sensitivity largest sensitivity at the specificity asked for or a higher one
 */
public record RankingFigures(double auroc, double averagePrecision, double sensitivity) {
  /** Of a group with a single class. */
  public static final RankingFigures UNDEFINED =
      new RankingFigures(Double.NaN, Double.NaN, Double.NaN);
}
