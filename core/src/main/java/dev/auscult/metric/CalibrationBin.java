package dev.auscult.metric;

/**
 * Observations of similar confidence.
 *
 * @param from lower edge
 * @param to upper edge
 * @param n observations
 * @param confidence their mean confidence; {@code NaN} of none
 * @param outcome the share of them for which it came true; {@code NaN} of none
 */
public record CalibrationBin(double from, double to, long n, double confidence, double outcome) {

  /** How far confidence and outcome are apart, without sign. */
  public double gap() {
    return Math.abs(confidence - outcome);
  }
}
