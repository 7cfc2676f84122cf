package dev.auscult.fusion;

import dev.auscult.tensor.FloatMatrix;

/**
 * The score of one outcome under a classifier of pairs.
 *
 * @param classifier predicts
 * @param outcome number of the outcome
 */
public record OutcomeScore(FusionClassifier classifier, int outcome) {

  /**
   * The log-odds (natural logarithm) of the outcome against all others together.
   *
   * @param images unit rows {@code [n, d]}
   * @param texts unit rows {@code [n, d]}
   * @return {@code [n]}
   */
  public double[] logOdds(FloatMatrix images, FloatMatrix texts) {
    FloatMatrix logits = classifier.logits(images, texts);
    double[] odds = new double[logits.rows()];
    for (int row = 0; row < odds.length; row++) {
      odds[row] = OutcomeProbabilities.logOdds(logits, row, outcome);
    }
    return odds;
  }
}
