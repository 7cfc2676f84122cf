package dev.auscult.shapley;

import java.util.ArrayList;
import java.util.List;

/** Exact enumeration of all {@code 2^n} coalitions (Shapley 1953); up to 20 players. */
public record ExactShapley() implements ShapleyEstimator<CooperativeGame> {
  /** The most players that are enumerated. */
  public static final int MOST_PLAYERS = 20;

  private static final int BATCH = 4096;

  /**
   * @throws IllegalArgumentException with more than {@link #MOST_PLAYERS} players
   */
  @Override
  public Attribution attribute(CooperativeGame game) {
    int n = game.players();
    if (n > MOST_PLAYERS) {
      throw new IllegalArgumentException(
          "%d players; exact enumeration takes up to %d".formatted(n, MOST_PLAYERS));
    }
    double[] value = valueOfEveryMask(game);
    double[] weight = weightOfSize(n);
    double[] phi = new double[n];
    for (int player = 0; player < n; player++) {
      phi[player] = weightedMarginals(player, value, weight);
    }
    Passes passes = new Passes(value.length, value.length);
    return new Attribution(phi, value[0], value[value.length - 1], passes, List.of());
  }

  /** Up to half a million terms, hence summed with compensation (Kahan). */
  private static double weightedMarginals(int player, double[] value, double[] weight) {
    double sum = 0;
    double lost = 0;
    for (int mask = 0; mask < value.length; mask++) {
      if ((mask >>> player & 1) == 0) {
        double marginal = value[mask | 1 << player] - value[mask];
        double term = weight[Integer.bitCount(mask)] * marginal - lost;
        double next = sum + term;
        lost = (next - sum) - term;
        sum = next;
      }
    }
    return sum;
  }

  private static double[] valueOfEveryMask(CooperativeGame game) {
    double[] value = new double[1 << game.players()];
    for (int from = 0; from < value.length; from += BATCH) {
      List<Coalition> batch = new ArrayList<>();
      for (int mask = from; mask < Math.min(value.length, from + BATCH); mask++) {
        batch.add(Coalition.ofMask(game.players(), mask));
      }
      System.arraycopy(game.values(batch), 0, value, from, batch.size());
    }
    return value;
  }

  /** {@code s! (n - 1 - s)! / n! = 1 / (n C(n - 1, s))}. */
  static double[] weightOfSize(int n) {
    double[] weight = new double[n];
    double binomial = 1;
    for (int s = 0; s < n; s++) {
      weight[s] = 1 / (n * binomial);
      binomial = binomial * (n - 1 - s) / (s + 1);
    }
    return weight;
  }
}
