package dev.auscult.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Confidence against outcome in bins of equal width from 0 to 1: the reliability diagram and the
 * figures that follow from it.
 *
 * @param bins in ascending order, empty ones too
 */
public record Calibration(List<CalibrationBin> bins) {

  /** To which bin a confidence on an edge belongs. */
  public enum Edges {
    /** To the upper one, as torchmetrics bins; a confidence of 1 has a bin of its own there. */
    LOWER_CLOSED,
    /** To the lower one, as scikit-learn's {@code calibration_curve} bins. */
    UPPER_CLOSED;

    /** The bin of a confidence from 0 to 1. */
    int bin(double confidence, int bins) {
      int bin = Math.max(0, Math.min(bins, (int) (confidence * bins)));
      if (this == LOWER_CLOSED) {
        while (bin > 0 && confidence < edge(bin, bins)) {
          bin--;
        }
        while (bin < bins && confidence >= edge(bin + 1, bins)) {
          bin++;
        }
        return bin;
      }
      while (bin > 0 && confidence <= edge(bin, bins)) {
        bin--;
      }
      while (bin < bins - 1 && confidence > edge(bin + 1, bins)) {
        bin++;
      }
      return Math.min(bin, bins - 1);
    }
  }

  /** Copies the list. */
  public Calibration {
    bins = List.copyOf(bins);
  }

  /** Edge {@code index} of equal bins, as NumPy's {@code linspace} rounds it. */
  static double edge(int index, int bins) {
    return index >= bins ? (index == bins ? 1 : Double.POSITIVE_INFINITY) : index * (1.0 / bins);
  }

  /**
   * Sorts observations into bins.
   *
   * @param confidence from 0 to 1
   * @param outcome whether it came true
   * @param bins how many of equal width
   * @throws IllegalArgumentException if the lengths differ or a confidence is no probability
   */
  public static Calibration of(double[] confidence, boolean[] outcome, int bins, Edges edges) {
    if (confidence.length != outcome.length || bins < 1) {
      throw new IllegalArgumentException(
          "%d confidences, %d outcomes, %d bins"
              .formatted(confidence.length, outcome.length, bins));
    }
    double[][] sums = new double[3][bins + 1];
    for (int i = 0; i < confidence.length; i++) {
      if (!(confidence[i] >= 0 && confidence[i] <= 1)) {
        throw new IllegalArgumentException("a confidence of " + confidence[i]);
      }
      int bin = edges.bin(confidence[i], bins);
      sums[0][bin]++;
      sums[1][bin] += confidence[i];
      sums[2][bin] += outcome[i] ? 1 : 0;
    }
    return ofSums(sums, bins);
  }

  /**
   * From the number, the summed confidence and the summed outcome of each bin and of exact ones.
   */
  static Calibration ofSums(double[][] sums, int bins) {
    List<CalibrationBin> all = new ArrayList<>();
    for (int bin = 0; bin <= bins; bin++) {
      double n = sums[0][bin];
      if (bin < bins || n > 0) {
        all.add(
            new CalibrationBin(
                edge(bin, bins),
                Math.min(1, edge(bin + 1, bins)),
                (long) n,
                sums[1][bin] / n,
                sums[2][bin] / n));
      }
    }
    return new Calibration(all);
  }

  private Stream<CalibrationBin> filled() {
    return bins.stream().filter(bin -> bin.n() > 0);
  }

  private double total() {
    return filled().mapToLong(CalibrationBin::n).sum();
  }

  /** Expected calibration error: the mean gap, bins weighted by count (torchmetrics {@code l1}). */
  public double ece() {
    return filled().mapToDouble(bin -> bin.gap() * bin.n()).sum() / total();
  }

  /** Root of the mean squared gap, bins weighted by count (torchmetrics {@code l2}). */
  public double rootMeanSquareGap() {
    return Math.sqrt(filled().mapToDouble(bin -> bin.gap() * bin.gap() * bin.n()).sum() / total());
  }

  /** The largest gap (torchmetrics {@code max}). */
  public double largestGap() {
    return filled().mapToDouble(CalibrationBin::gap).max().orElse(Double.NaN);
  }

  /** The mean gap of the bins that are not empty, whatever their counts. */
  public double unweightedGap() {
    return filled().mapToDouble(CalibrationBin::gap).average().orElse(Double.NaN);
  }
}
