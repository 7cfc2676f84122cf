package dev.auscult.shapley;

import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Owen values of a game with unions of consecutive players (Owen 1977): the mean marginal
 * contribution over random orders in which every union enters as a block, each order with its
 * reverse.
 *
 * @param unions the sizes of the unions, in the order of the players
 * @param permutations antithetic pairs of orders, at least 1; with 1 the error is unknown
 * @param seed of the orders
 */
public record PermutationOwen(List<Integer> unions, int permutations, Seed seed)
    implements ShapleyEstimator<CooperativeGame> {

  /** Checks the numbers. */
  public PermutationOwen {
    unions = List.copyOf(unions);
    if (permutations < 1 || unions.stream().anyMatch(size -> size < 0)) {
      throw new IllegalArgumentException(
          "%d permutations of unions of %s".formatted(permutations, unions));
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
    int inUnions = unions.stream().mapToInt(Integer::intValue).sum();
    if (inUnions != players) {
      throw new IllegalArgumentException("unions of %s for %d players".formatted(unions, players));
    }
    List<Order> orders = new ArrayList<>();
    for (int p = 0; p < permutations; p++) {
      orders.add(draw(players, seed.derive(p).random()));
    }
    return orders;
  }

  private Order draw(int players, SplittableRandom random) {
    Order blocks = Order.random(unions.size(), random);
    int[] order = new int[players];
    int at = 0;
    for (int b = 0; b < unions.size(); b++) {
      int union = blocks.playerAt(b);
      int first = unions.subList(0, union).stream().mapToInt(Integer::intValue).sum();
      Order within = Order.random(unions.get(union), random);
      for (int s = 0; s < within.players(); s++) {
        order[at++] = first + within.playerAt(s);
      }
    }
    return Order.of(order);
  }
}
