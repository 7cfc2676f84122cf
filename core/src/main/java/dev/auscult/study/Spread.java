package dev.auscult.study;

import dev.auscult.metric.Moments;
import java.util.List;

/**
 * A figure over repeated splits.
 *
 * @param mean over the splits
 * @param sd standard deviation over the splits (n - 1 in the denominator)
 * @param values one per split
 */
public record Spread(double mean, double sd, List<Double> values) {

  /** Copies the list. */
  public Spread {
    values = List.copyOf(values);
  }

  static Spread of(List<Double> values) {
    double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
    return new Spread(Moments.mean(all), Moments.sd(all), values);
  }
}
