package dev.auscult.shapley;

import java.util.ArrayList;
import java.util.List;

/**
 * Antithetic permutation sampling in exactly the order of shap's {@code PermutationExplainer}: each
 * permutation adds the players one by one and then removes them in the same order.
 *
 * <p>Costs {@code 2 n + 1} evaluations per permutation, as shap's does: the way begins and ends
 * with nobody. A game of two sides pays one pass of each encoder for every evaluation; {@link
 * Memoised} pays for distinct coalitions only.
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
    return UpAndDown.attribute(game, orders(game.players()));
  }

  @Override
  public List<Coalition> foreseen(int players) {
    return UpAndDown.coalitions(orders(players));
  }

  private List<Order> orders(int players) {
    LegacyShuffle shuffle = new LegacyShuffle(players, seed);
    List<Order> orders = new ArrayList<>();
    for (int p = 0; p < permutations; p++) {
      orders.add(shuffle.next());
    }
    return orders;
  }
}
