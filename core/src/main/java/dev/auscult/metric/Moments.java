package dev.auscult.metric;

import java.util.Arrays;

/** Mean and spread of values. */
public final class Moments {
  private Moments() {}

  /** The mean; {@code NaN} of no values. */
  public static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  /** The standard deviation, n - 1 in the denominator; {@code NaN} with fewer than 2 values. */
  public static double sd(double[] values) {
    if (values.length < 2) {
      return Double.NaN;
    }
    double mean = mean(values);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }
}
