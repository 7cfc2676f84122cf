package dev.auscult.shapley;

import dev.auscult.base.Seed;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * The prefixes of a side's orders, encoded: {@code U[p][0 .. n]}. Made once, it serves every
 * partner that the side meets: one image many texts, one text many images. Immutable.
 */
public final class EncodedOrders {
  private final OrderPlan plan;
  private final List<Order> orders;
  private final int players;
  private final int dimension;
  private final float[] rows;

  private EncodedOrders(OrderPlan plan, List<Order> orders, int players, FloatMatrix rows) {
    this.plan = plan;
    this.orders = orders;
    this.players = players;
    this.dimension = rows.columns();
    this.rows = rows.toArray();
  }

  /**
   * Draws the orders and encodes all their prefixes in one call; the empty and the full coalition
   * once.
   */
  public static EncodedOrders encode(GameSide side, OrderPlan plan, Seed seed) {
    return encode(side, plan, plan.draw(side.players(), seed));
  }

  static EncodedOrders encode(GameSide side, OrderPlan plan, List<Order> orders) {
    int n = side.players();
    List<Coalition> coalitions = new ArrayList<>();
    coalitions.add(Coalition.empty(n));
    if (n > 0) {
      coalitions.add(Coalition.full(n));
    }
    for (Order order : orders) {
      for (int size = 1; size < n; size++) {
        coalitions.add(Coalition.prefix(order, size));
      }
    }
    FloatMatrix rows = side.encode(coalitions);
    if (rows.rows() != coalitions.size()) {
      throw new IllegalStateException(
          "%d vectors for %d coalitions".formatted(rows.rows(), coalitions.size()));
    }
    return new EncodedOrders(plan, orders, n, rows);
  }

  /** How the orders were drawn. */
  public OrderPlan plan() {
    return plan;
  }

  /** The number of players on this side. */
  public int players() {
    return players;
  }

  /** Encoder passes that were spent. */
  public long passes() {
    return rows.length / dimension;
  }

  /** {@code d}. */
  int dimension() {
    return dimension;
  }

  Order order(int p) {
    return orders.get(p);
  }

  /** One value of the vector of the first {@code size} players of order {@code p}. */
  double prefix(int p, int size, int k) {
    return rows[rowOf(p, size) * dimension + k];
  }

  private int rowOf(int p, int size) {
    if (size == 0) {
      return 0;
    }
    return size == players ? 1 : 2 + p * (players - 1) + size - 1;
  }

  /** The vector of the empty coalition. */
  public double[] empty() {
    return vector(0, 0);
  }

  /** The vector of the full coalition. */
  public double[] full() {
    return vector(0, players);
  }

  private double[] vector(int p, int size) {
    double[] vector = new double[dimension];
    for (int k = 0; k < dimension; k++) {
      vector[k] = prefix(p, size, k);
    }
    return vector;
  }

  /** Mean vector per coalition size over orders {@code from .. to - 1}: {@code [n + 1][d]}. */
  double[][] meanBySize(int from, int to) {
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
    int before = rowOf(p, s) * dimension;
    int after = rowOf(p, s + 1) * dimension;
    double dot = 0;
    for (int k = 0; k < dimension; k++) {
      dot += ((double) rows[after + k] - rows[before + k]) * with[k];
    }
    return dot;
  }
}
