package dev.auscult.metric;

/**
 * A figure with its uncertainty. {@code NaN} stands for undefined in every component but {@code n}.
 *
 * @param value the figure
 * @param sd standard deviation of the values it summarises (n - 1 in the denominator)
 * @param lo lower end of the confidence interval
 * @param hi upper end of the confidence interval
 * @param n how many values it summarises
 */
public record Estimate(double value, double sd, double lo, double hi, int n) {

  /** Checks the order of the interval's ends. */
  public Estimate {
    if (n < 0 || lo > hi) {
      throw new IllegalArgumentException("interval [%s, %s] of %d values".formatted(lo, hi, n));
    }
  }

  /** The estimate of a figure that nothing is known about. */
  public static Estimate undefined() {
    return new Estimate(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0);
  }

  /** The same estimate of {@code a * x + b} instead of {@code x}. */
  public Estimate affine(double a, double b) {
    double first = a * lo + b;
    double second = a * hi + b;
    return new Estimate(
        a * value + b, Math.abs(a) * sd, a < 0 ? second : first, a < 0 ? first : second, n);
  }
}
