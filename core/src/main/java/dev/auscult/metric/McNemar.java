package dev.auscult.metric;

import org.hipparchus.distribution.discrete.BinomialDistribution;

/**
 * Whether two classifiers are right equally often on the same observations (McNemar 1947, exact).
 *
 * @param onlyFirst observations that only the first has right
 * @param onlySecond observations that only the second has right
 * @param p two-sided exact p-value: 1 where they never part
 */
public record McNemar(long onlyFirst, long onlySecond, double p) {

  /**
   * Compares two classifiers.
   *
   * @param first whether the first is right, per observation
   * @param second whether the second is
   */
  public static McNemar of(boolean[] first, boolean[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException("%d and %d calls".formatted(first.length, second.length));
    }
    int onlyFirst = 0;
    int onlySecond = 0;
    for (int i = 0; i < first.length; i++) {
      onlyFirst += first[i] && !second[i] ? 1 : 0;
      onlySecond += second[i] && !first[i] ? 1 : 0;
    }
    return new McNemar(onlyFirst, onlySecond, p(onlyFirst, onlySecond));
  }

  private static double p(int onlyFirst, int onlySecond) {
    int parted = onlyFirst + onlySecond;
    if (parted == 0) {
      return 1;
    }
    double tail =
        new BinomialDistribution(parted, 0.5)
            .cumulativeProbability(Math.min(onlyFirst, onlySecond));
    return Math.min(1, 2 * tail);
  }
}
