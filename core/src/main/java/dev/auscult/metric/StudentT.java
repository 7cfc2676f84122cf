package dev.auscult.metric;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Student's t: what a figure over its estimated standard error follows. With few degrees of freedom
 * its tails are much heavier than those of the normal distribution.
 */
public final class StudentT {
  private static final NormalDistribution NORMAL = new NormalDistribution();

  /** From so many degrees of freedom on, it is the normal distribution to 1e-6. */
  private static final double MANY = 1e6;

  private StudentT() {}

  /**
   * The two-sided p-value.
   *
   * @param t a figure over its standard error; of either sign
   * @param degrees of freedom, up to infinity
   * @return {@code NaN} if {@code t} is not a number or there are no degrees of freedom
   */
  public static double twoSided(double t, double degrees) {
    if (Double.isNaN(t) || !(degrees > 0)) {
      return Double.NaN;
    }
    double least = -Math.abs(t);
    return 2
        * (degrees >= MANY
            ? NORMAL.cumulativeProbability(least)
            : new TDistribution(degrees).cumulativeProbability(least));
  }

  /**
   * The value that a share of the distribution stays below.
   *
   * @param share between 0 and 1
   * @param degrees of freedom, up to infinity
   * @return {@code NaN} if there are no degrees of freedom
   */
  public static double quantile(double share, double degrees) {
    if (!(degrees > 0)) {
      return Double.NaN;
    }
    return degrees >= MANY
        ? NORMAL.inverseCumulativeProbability(share)
        : new TDistribution(degrees).inverseCumulativeProbability(share);
  }
}
