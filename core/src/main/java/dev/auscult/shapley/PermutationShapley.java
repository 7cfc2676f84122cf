package dev.auscult.shapley;

import java.util.ArrayList;
import java.util.List;

/**
 * Antithetic permutation sampling in exactly the order of shap's {@code PermutationExplainer}: each
 * permutation adds the players one by one and then removes them in the same order.
 *
 * <p>Costs {@code 2 n + 1} evaluations per permutation, as shap's does: the way begins and ends
 * with nobody. A game of two sides pays one pass of each encoder for every evaluation.
 *
 * @param permutations antithetic pairs of orders, at least 1; with 1 the error is unknown
 * @param seed as given to {@code np.random.seed}
 */
public record PermutationShapley(int permutations, int seed)
    implements ShapleyEstimator<CooperativeGame> {

  /** Checks the number. */
  public PermutationShapley {
    if (permutations < 1) {
      throw new IllegalArgumentException(permutations + " permutations; at least 1 is needed");
    }
  }

  @Override
  public Attribution attribute(CooperativeGame game) {
    int n = game.players();
    LegacyShuffle shuffle = new LegacyShuffle(n, seed);
    double[] phi = new double[n];
    double[][] pairs = new double[permutations][];
    double[] way = {};
    for (int p = 0; p < permutations; p++) {
      Order order = shuffle.next();
      way = game.values(upAndDown(order));
      pairs[p] = meanMarginals(order, way);
      for (int i = 0; i < n; i++) {
        phi[i] += pairs[p][i] / permutations;
      }
    }
    long evaluations = (2L * n + 1) * permutations;
    Passes passes = new Passes(evaluations, evaluations);
    return new Attribution(phi, way[0], way[n], passes, List.<double[][]>of(pairs));
  }

  /** From nobody by adding the players one by one, then removing them in the same order. */
  private static List<Coalition> upAndDown(Order order) {
    int n = order.players();
    List<Coalition> way = new ArrayList<>();
    for (int size = 0; size <= n; size++) {
      way.add(Coalition.prefix(order, size));
    }
    for (int removed = 1; removed <= n; removed++) {
      way.add(Coalition.prefix(order, removed).complement());
    }
    return way;
  }

  /** For each player, the mean of what it adds on the way up and takes on the way down. */
  private static double[] meanMarginals(Order order, double[] way) {
    int n = order.players();
    double[] marginals = new double[n];
    for (int s = 0; s < n; s++) {
      double added = way[s + 1] - way[s];
      double taken = way[n + s] - way[n + s + 1];
      marginals[order.playerAt(s)] = (added + taken) / 2;
    }
    return marginals;
  }
}
