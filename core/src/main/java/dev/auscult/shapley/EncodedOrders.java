package dev.auscult.shapley;

import dev.auscult.base.Seed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The prefixes of a side's orders, encoded: {@code U[p][0 .. n]}. Made once, it serves every
 * partner that the side meets: one image many texts, one text many images. Immutable.
 */
public final class EncodedOrders {
  private final OrderPlan plan;
  private final List<Order> orders;
  private final int players;
  private final int[] rows;
  private final Vectors vectors;

  private EncodedOrders(
      OrderPlan plan, List<Order> orders, int players, int[] rows, Vectors vectors) {
    this.plan = plan;
    this.orders = orders;
    this.players = players;
    this.rows = rows;
    this.vectors = vectors;
  }

  /**
   * Draws the orders and encodes all their prefixes in one call, each distinct coalition once: the
   * orders of few players have many in common.
   */
  public static EncodedOrders encode(GameSide side, OrderPlan plan, Seed seed) {
    return encode(side, plan, plan.draw(side.players(), seed));
  }

  /**
   * The distinct coalitions that {@link #encode} will ask for. Those of a plan of fewer blocks are
   * among those of more.
   */
  public static List<Coalition> coalitions(int players, OrderPlan plan, Seed seed) {
    Map<Coalition, Integer> distinct = new LinkedHashMap<>();
    number(plan.draw(players, seed), players, distinct);
    return List.copyOf(distinct.keySet());
  }

  static EncodedOrders encode(GameSide side, OrderPlan plan, List<Order> orders) {
    int n = side.players();
    Map<Coalition, Integer> distinct = new LinkedHashMap<>();
    int[] rows = number(orders, n, distinct);
    Vectors vectors = side.encode(List.copyOf(distinct.keySet()));
    if (vectors.count() != distinct.size()) {
      throw new IllegalStateException(
          "%d vectors for %d coalitions".formatted(vectors.count(), distinct.size()));
    }
    return new EncodedOrders(plan, orders, n, rows, vectors);
  }

  /** Numbers the distinct prefixes; gives the number of each prefix of each order. */
  private static int[] number(List<Order> orders, int n, Map<Coalition, Integer> distinct) {
    distinct.put(Coalition.empty(n), 0);
    distinct.putIfAbsent(Coalition.full(n), 1);
    int[] rows = new int[orders.size() * (n + 1)];
    for (int p = 0; p < orders.size(); p++) {
      for (int size = 0; size <= n; size++) {
        Coalition prefix = Coalition.prefix(orders.get(p), size);
        rows[p * (n + 1) + size] = distinct.computeIfAbsent(prefix, c -> distinct.size());
      }
    }
    return rows;
  }

  /** How the orders were drawn. */
  public OrderPlan plan() {
    return plan;
  }

  /** The number of players on this side. */
  public int players() {
    return players;
  }

  /** Encoder passes that were spent: distinct coalitions. */
  public long passes() {
    return vectors.count();
  }

  /** {@code d}. */
  int dimension() {
    return vectors.dimension();
  }

  Order order(int p) {
    return orders.get(p);
  }

  /** One value of the vector of the first {@code size} players of order {@code p}. */
  double prefix(int p, int size, int k) {
    return vectors.get(rowOf(p, size), k);
  }

  int rowOf(int p, int size) {
    return rows[p * (players + 1) + size];
  }

  /** The vectors of the distinct coalitions; {@link #rowOf} says where a prefix is. */
  Vectors vectors() {
    return vectors;
  }

  /** The vector of the empty coalition. */
  public double[] empty() {
    return vectors.vector(rowOf(0, 0));
  }

  /** The vector of the full coalition. */
  public double[] full() {
    return vectors.vector(rowOf(0, players));
  }

  /** Mean vector per coalition size over orders {@code from .. to - 1}: {@code [n + 1][d]}. */
  double[][] meanBySize(int from, int to) {
    int dimension = vectors.dimension();
    double[][] mean = new double[players + 1][dimension];
    for (int size = 0; size <= players; size++) {
      for (int p = from; p < to; p++) {
        for (int k = 0; k < dimension; k++) {
          mean[size][k] += prefix(p, size, k);
        }
      }
      for (int k = 0; k < dimension; k++) {
        mean[size][k] /= to - from;
      }
    }
    return mean;
  }

  /**
   * The mean over orders {@code from .. to - 1} of each player's marginal vector times the partner
   * vector of its position.
   *
   * @param partner {@code [n][d]}
   */
  double[] marginalsWith(double[][] partner, int from, int to) {
    double[] phi = new double[players];
    for (int p = from; p < to; p++) {
      for (int s = 0; s < players; s++) {
        phi[orders.get(p).playerAt(s)] += marginalDot(p, s, partner[s]);
      }
    }
    for (int i = 0; i < players; i++) {
      phi[i] /= to - from;
    }
    return phi;
  }

  /** The marginal vector of the player at position {@code s} of order {@code p}, times a vector. */
  double marginalDot(int p, int s, double[] with) {
    return vectors.differenceDot(rowOf(p, s), rowOf(p, s + 1), with);
  }
}
