package dev.auscult.metric;

import org.hipparchus.distribution.continuous.NormalDistribution;

/** Quantiles of resampled figures, corrected for bias and acceleration (Efron 1987): BCa. */
final class BcaQuantiles {
  private static final NormalDistribution NORMAL = new NormalDistribution();

  private final double[] resampled;
  private final double bias;
  private final double acceleration;

  private BcaQuantiles(double[] resampled, double bias, double acceleration) {
    this.resampled = resampled;
    this.bias = bias;
    this.acceleration = acceleration;
  }

  /**
   * @param value the figure of the data as they are
   * @param resampled in ascending order
   * @param leftOut the figures that leave out one cluster or block each
   */
  static BcaQuantiles of(double value, double[] resampled, double[] leftOut) {
    return new BcaQuantiles(resampled, bias(resampled, value), acceleration(leftOut));
  }

  /** {@code z0}: how far the value is from the resamples' median, in normal quantiles. */
  private static double bias(double[] resampled, double value) {
    double below = 0;
    for (double figure : resampled) {
      below += figure < value ? 1 : figure == value ? 0.5 : 0;
    }
    double share = (below + 0.5) / (resampled.length + 1);
    return NORMAL.inverseCumulativeProbability(share);
  }

  /** {@code a}: from the skewness of the figures that leave one cluster out. */
  private static double acceleration(double[] left) {
    double mean = Moments.mean(left);
    double squares = 0;
    double cubes = 0;
    for (double figure : left) {
      double off = mean - figure;
      squares += off * off;
      cubes += off * off * off;
    }
    double acceleration = cubes / (6 * Math.pow(squares, 1.5));
    return Double.isFinite(acceleration) ? acceleration : 0;
  }

  /** The corrected quantile at {@code share}. */
  double at(double share) {
    double z = bias + NORMAL.inverseCumulativeProbability(share);
    return quantile(resampled, NORMAL.cumulativeProbability(bias + z / (1 - acceleration * z)));
  }

  /** Linear between order statistics (type 7 of Hyndman and Fan 1996). */
  static double quantile(double[] ascending, double share) {
    double at = share * (ascending.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, ascending.length - 1);
    return ascending[below] + (at - below) * (ascending[above] - ascending[below]);
  }
}
