package dev.auscult.shapley;

import java.util.ArrayList;
import java.util.List;

/** Exact Shapley interaction indices of pairs (Grabisch and Roubens 1999), by enumeration. */
public final class ExactInteractions {
  /** The most players that are enumerated. */
  public static final int MOST_PLAYERS = 16;

  private ExactInteractions() {}

  /**
   * {@code I(i, j) = sum_S s! (n-2-s)! / (n-1)! [f(S+i+j) - f(S+i) - f(S+j) + f(S)]} over all
   * coalitions without both.
   *
   * @return {@code [n][n]}, symmetric, 0 on the diagonal
   * @throws IllegalArgumentException with more than {@link #MOST_PLAYERS} players
   */
  public static double[][] of(CooperativeGame game) {
    int n = game.players();
    if (n > MOST_PLAYERS) {
      throw new IllegalArgumentException(
          "%d players; exact interactions take up to %d".formatted(n, MOST_PLAYERS));
    }
    List<Coalition> all = new ArrayList<>();
    for (int mask = 0; mask < 1 << n; mask++) {
      all.add(Coalition.ofMask(n, mask));
    }
    double[] value = game.values(all);
    double[] weight = ExactShapley.weightOfSize(Math.max(0, n - 1));
    double[][] index = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        index[i][j] = ofPair(1 << i, 1 << j, value, weight);
        index[j][i] = index[i][j];
      }
    }
    return index;
  }

  private static double ofPair(int i, int j, double[] value, double[] weight) {
    double sum = 0;
    for (int mask = 0; mask < value.length; mask++) {
      if ((mask & (i | j)) == 0) {
        double synergy = value[mask | i | j] - value[mask | i] - value[mask | j] + value[mask];
        sum += weight[Integer.bitCount(mask)] * synergy;
      }
    }
    return sum;
  }
}
