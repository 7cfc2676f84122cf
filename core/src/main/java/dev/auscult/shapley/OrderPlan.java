package dev.auscult.shapley;

import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How the orders of one side are drawn: independent blocks, each of evenly spaced cyclic shifts of
 * one random order (a Latin design: every player visits evenly spaced positions) and their
 * reverses.
 *
 * <p>Every order is by itself uniformly random, so estimates are unbiased. Blocks are independent,
 * so their spread gives standard errors; for these at least 2 blocks are needed. With 1 shift per
 * block the blocks are independent antithetic pairs.
 *
 * @param blocks independent blocks
 * @param shifts cyclic shifts per block, each with its reverse
 */
public record OrderPlan(int blocks, int shifts) {
  /** Two shifts gain most of what more would, and leave more blocks for standard errors. */
  private static final int LATIN_SHIFTS = 2;

  /** The fewest orders with which a standard error exists: two antithetic pairs. */
  public static final int FEWEST_ORDERS = 4;

  /** Checks the numbers. */
  public OrderPlan {
    if (blocks < 1 || shifts < 1) {
      throw new IllegalArgumentException("%d blocks of %d shifts".formatted(blocks, shifts));
    }
  }

  /** Independent antithetic pairs. */
  public static OrderPlan independent(int pairs) {
    return new OrderPlan(pairs, 1);
  }

  /**
   * The best plan of up to {@code orders} orders that still has a standard error: Latin blocks of 4
   * orders from 8 on, else independent antithetic pairs.
   *
   * @throws IllegalArgumentException with fewer than {@link #FEWEST_ORDERS}
   */
  public static OrderPlan latin(int orders) {
    if (orders < FEWEST_ORDERS) {
      throw new IllegalArgumentException(
          "%d orders; standard errors need %d".formatted(orders, FEWEST_ORDERS));
    }
    int blockOfOrders = 2 * LATIN_SHIFTS;
    return orders < 2 * blockOfOrders
        ? independent(orders / 2)
        : new OrderPlan(orders / blockOfOrders, LATIN_SHIFTS);
  }

  /** The same with another number of blocks. */
  public OrderPlan withBlocks(int other) {
    return new OrderPlan(other, shifts);
  }

  /** Orders in all, reverses counted. */
  public int orders() {
    return 2 * blocks * shifts;
  }

  /** Orders per block, reverses counted. */
  int ordersPerBlock() {
    return 2 * shifts;
  }

  /**
   * Encoder passes for a side of {@code players} at most, the empty and the full coalition
   * included; fewer where orders have coalitions in common.
   */
  public long passes(int players) {
    return players == 0 ? 1 : (long) orders() * (players - 1) + 2;
  }

  /** Draws the orders, block by block; a block depends on the seed and its number only. */
  List<Order> draw(int players, Seed seed) {
    List<Order> orders = new ArrayList<>(orders());
    for (int block = 0; block < blocks; block++) {
      SplittableRandom random = seed.derive(block).random();
      Order base = Order.random(players, random);
      double offset = random.nextDouble();
      for (int k = 0; k < shifts; k++) {
        Order shifted = base.shifted((int) ((k + offset) * players / shifts));
        orders.add(shifted);
        orders.add(shifted.reversed());
      }
    }
    return orders;
  }
}
