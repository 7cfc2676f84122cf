package dev.auscult.shapley;

/**
 * {@code h(t|s)}: the probability that exactly {@code t} players of the other side precede the
 * player at position {@code s} of its own side's order, in a uniformly random joint order.
 *
 * <p>{@code h(t|s) = C(s+t, s) C(n-1-s+m-t, m-t) / C(n+m, m)}, {@code t = 0 .. m}, by the recursion
 * {@code h(t+1|s) / h(t|s) = (s+t+1)/(t+1) * (m-t)/(n-1-s+m-t)} in logarithms.
 */
final class InterleavingWeights {
  private InterleavingWeights() {}

  /**
   * The weights of a side of {@code own} players against {@code other}.
   *
   * @param own {@code n}, players of the own side
   * @param other {@code m}, players of the other side
   * @return {@code [own][other + 1]}, rows summing to 1
   */
  static double[][] of(int own, int other) {
    double[][] h = new double[own][other + 1];
    for (int s = 0; s < own; s++) {
      double log = 0;
      for (int k = 1; k <= other; k++) {
        log += Math.log((double) (own - 1 - s + k) / (own + k));
      }
      for (int t = 0; t <= other; t++) {
        h[s][t] = Math.exp(log);
        if (t < other) {
          log += Math.log((double) (s + t + 1) / (t + 1));
          log += Math.log((double) (other - t) / (own - 1 - s + other - t));
        }
      }
    }
    return h;
  }

  /** The weights where each side enters as one block: before or after the other, 1/2 each. */
  static double[][] ofUnions(int own, int other) {
    double[][] h = new double[own][other + 1];
    for (double[] row : h) {
      row[0] += 0.5;
      row[other] += 0.5;
    }
    return h;
  }

  /**
   * What a player at each position meets of the other side: {@code scale * h . mean}.
   *
   * @param h weights, {@code [own][other + 1]}
   * @param mean the other side's mean vector per size, {@code [other + 1][d]}
   * @return {@code [own][d]}
   */
  static double[][] met(double[][] h, double[][] mean, double scale) {
    double[][] met = new double[h.length][mean[0].length];
    for (int s = 0; s < h.length; s++) {
      for (int t = 0; t < mean.length; t++) {
        double weight = scale * h[s][t];
        for (int k = 0; k < met[s].length; k++) {
          met[s][k] += weight * mean[t][k];
        }
      }
    }
    return met;
  }
}
