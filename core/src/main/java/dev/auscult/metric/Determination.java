package dev.auscult.metric;

/** How much of the variation of values a prediction accounts for. */
public final class Determination {
  private Determination() {}

  /**
   * The coefficient of determination, {@code R^2 = 1 - sum (y - p)^2 / sum (y - mean y)^2}: 1 for
   * an exact prediction, 0 for one no better than the mean, below 0 for a worse one; {@code NaN}
   * where the values do not vary.
   *
   * @param values {@code y}
   * @param predicted {@code p}, one for each
   * @throws IllegalArgumentException if the lengths differ
   */
  public static double rSquared(double[] values, double[] predicted) {
    if (values.length != predicted.length) {
      throw new IllegalArgumentException(
          "%d values, %d predicted".formatted(values.length, predicted.length));
    }
    double mean = Moments.mean(values);
    double residual = 0;
    double total = 0;
    for (int i = 0; i < values.length; i++) {
      residual += (values[i] - predicted[i]) * (values[i] - predicted[i]);
      total += (values[i] - mean) * (values[i] - mean);
    }
    return total > 0 ? 1 - residual / total : Double.NaN;
  }
}
