package dev.auscult.metric;

import java.util.List;

/** Share of predictions that are right. */
public final class Accuracy {
  private Accuracy() {}

  /**
   * The share of positions at which both lists agree; {@code NaN} of no predictions.
   *
   * @throws IllegalArgumentException if the lists differ in length
   */
  public static double of(List<?> predicted, List<?> truth) {
    if (predicted.size() != truth.size()) {
      throw new IllegalArgumentException(
          "%d predictions for %d truths".formatted(predicted.size(), truth.size()));
    }
    int right = 0;
    for (int i = 0; i < truth.size(); i++) {
      right += predicted.get(i).equals(truth.get(i)) ? 1 : 0;
    }
    return (double) right / truth.size();
  }
}
