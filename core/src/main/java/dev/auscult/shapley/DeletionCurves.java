package dev.auscult.shapley;

import java.util.List;

/**
 * The score while players are taken out, see {@link Deletion}.
 *
 * @param removed the share of the players that is gone at each step, from 0 to 1
 * @param mostFirst the score, in its own unit, when the strongest supporters go first
 * @param leastFirst the score when the weakest go first
 */
public record DeletionCurves(
    List<Double> removed, List<Double> mostFirst, List<Double> leastFirst) {

  /** Checks that both curves have all steps. */
  public DeletionCurves {
    removed = List.copyOf(removed);
    mostFirst = List.copyOf(mostFirst);
    leastFirst = List.copyOf(leastFirst);
    if (removed.size() < 2
        || mostFirst.size() != removed.size()
        || leastFirst.size() != removed.size()) {
      throw new IllegalArgumentException(
          "curves of %d and %d points at %d steps"
              .formatted(mostFirst.size(), leastFirst.size(), removed.size()));
    }
  }

  /** {@code f(full) - f(empty)}. */
  public double gain() {
    return mostFirst.get(0) - mostFirst.get(mostFirst.size() - 1);
  }

  /** {@link #mostFirst} as 1 with everybody present and 0 with nobody. */
  public List<Double> normalisedMostFirst() {
    return normalised(mostFirst);
  }

  /** {@link #leastFirst} as 1 with everybody present and 0 with nobody. */
  public List<Double> normalisedLeastFirst() {
    return normalised(leastFirst);
  }

  private List<Double> normalised(List<Double> curve) {
    double empty = curve.get(curve.size() - 1);
    return curve.stream().map(score -> (score - empty) / gain() + 0.0).toList();
  }

  /**
   * The area between the normalised curves by the trapezoidal rule, positive where the order of the
   * contributions is of use and 0 for a random order on average; {@code NaN} where {@link #gain} is
   * 0.
   */
  public double area() {
    return gain() == 0 ? Double.NaN : (under(leastFirst) - under(mostFirst)) / gain();
  }

  private double under(List<Double> curve) {
    double area = 0;
    for (int step = 1; step < removed.size(); step++) {
      double width = removed.get(step) - removed.get(step - 1);
      area += width * (curve.get(step) + curve.get(step - 1)) / 2;
    }
    return area;
  }
}
