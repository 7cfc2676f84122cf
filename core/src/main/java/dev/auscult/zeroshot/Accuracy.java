package dev.auscult.zeroshot;

import java.util.List;
import java.util.Map;

/**
 * How often the most probable class is the right one.
 *
 * @param correct right predictions
 * @param n predictions that have a reference label
 */
public record Accuracy(int correct, int n) {

  /** Checks the counts. */
  public Accuracy {
    if (correct < 0 || correct > n) {
      throw new IllegalArgumentException("%d correct of %d".formatted(correct, n));
    }
  }

  /**
   * Counts.
   *
   * @param labels the right class by image; images without one are left out
   */
  public static Accuracy of(List<Prediction> predictions, Map<String, String> labels) {
    int correct = 0;
    int n = 0;
    for (Prediction prediction : predictions) {
      String label = labels.get(prediction.id());
      if (label != null) {
        n++;
        correct += label.equals(prediction.first().label()) ? 1 : 0;
      }
    }
    return new Accuracy(correct, n);
  }

  /** The share of right predictions, 0 to 1; {@code NaN} where nothing was predicted. */
  public double value() {
    return n == 0 ? Double.NaN : (double) correct / n;
  }
}
