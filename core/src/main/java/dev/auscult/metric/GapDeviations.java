package dev.auscult.metric;

/**
 * How far a sum of sizes {@code |gap|} moves in a resample. A gap that may be 0 has a kink there
 * ({@link Deviation}); the others move along their sign. Immutable.
 */
final class GapDeviations {
  private final double[] gap;
  private final boolean[] nearZero;
  private final boolean unknown;

  /**
   * @param gap of each bin in the data, with its share of the sum; {@code NaN} of an empty bin
   * @param error standard error of each; {@code NaN} where it is unknown, then so are deviations
   * @param tolerance standard errors up to which a gap may be 0
   */
  GapDeviations(double[] gap, double[] error, double tolerance) {
    this.gap = gap.clone();
    this.nearZero = new boolean[gap.length];
    boolean missing = false;
    for (int bin = 0; bin < gap.length; bin++) {
      missing |= !Double.isNaN(gap[bin]) && Double.isNaN(error[bin]);
      nearZero[bin] = Math.abs(gap[bin]) <= tolerance * error[bin];
    }
    this.unknown = missing;
  }

  /** At least how much the sum grew: gaps that may be 0 only grow. */
  double above(double[] resampled) {
    return sum(resampled, true);
  }

  /** At most how much the sum grew: as if no gap could change its sign. */
  double below(double[] resampled) {
    return sum(resampled, false);
  }

  private double sum(double[] resampled, boolean folded) {
    double sum = unknown ? Double.NaN : 0;
    for (int bin = 0; bin < gap.length; bin++) {
      double off = resampled[bin] - gap[bin];
      if (!Double.isNaN(off)) {
        sum += folded && nearZero[bin] ? Math.abs(off) : gap[bin] < 0 ? -off : off;
      }
    }
    return sum;
  }
}
