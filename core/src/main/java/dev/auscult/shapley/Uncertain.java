package dev.auscult.shapley;

import org.hipparchus.distribution.continuous.TDistribution;

/**
 * An estimate from replicates.
 *
 * @param value the estimate
 * @param standardError its standard error; 0 where exact, {@code NaN} where unknown
 * @param degreesOfFreedom of the standard error (Welch and Satterthwaite); infinite where exact
 */
public record Uncertain(double value, double standardError, double degreesOfFreedom) {

  /** An estimate without error. */
  static Uncertain exact(double value) {
    return new Uncertain(value, 0, Double.POSITIVE_INFINITY);
  }

  /**
   * Half the width of the confidence interval around {@link #value}.
   *
   * @param level e.g. 0.95
   */
  public double margin(double level) {
    if (Double.isNaN(standardError) || standardError == 0) {
      return standardError;
    }
    TDistribution t = new TDistribution(degreesOfFreedom);
    return standardError * t.inverseCumulativeProbability((1 + level) / 2);
  }
}
