package dev.auscult.shapley;

import java.util.ArrayList;
import java.util.List;

/**
 * Marginal contributions along orders: players are added one by one and then removed in the same
 * order, which is the order and its reverse.
 */
final class UpAndDown {
  private UpAndDown() {}

  /** The mean of the marginal contributions over the orders; each order is one replicate. */
  static Attribution attribute(CooperativeGame game, List<Order> orders) {
    int n = game.players();
    double[] phi = new double[n];
    double[][] pairs = new double[orders.size()][];
    double[] way = {};
    for (int p = 0; p < pairs.length; p++) {
      way = game.values(way(orders.get(p)));
      pairs[p] = meanMarginals(orders.get(p), way);
      for (int i = 0; i < n; i++) {
        phi[i] += pairs[p][i] / pairs.length;
      }
    }
    long evaluations = (2L * n + 1) * pairs.length;
    Passes passes = new Passes(evaluations, evaluations);
    return new Attribution(phi, way[0], way[n], passes, List.<double[][]>of(pairs));
  }

  /** All coalitions on the way of all orders. */
  static List<Coalition> coalitions(List<Order> orders) {
    return orders.stream().flatMap(order -> way(order).stream()).toList();
  }

  /** From nobody by adding the players one by one, then removing them in the same order. */
  private static List<Coalition> way(Order order) {
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
