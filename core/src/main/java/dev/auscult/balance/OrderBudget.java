package dev.auscult.balance;

import dev.auscult.balance.Estimator.Orders;
import dev.auscult.shapley.OrderPlan;

/**
 * How a budget is divided between image orders and text orders.
 *
 * <p>The variance of delta is about {@code a/P + b/Q} for {@code P} image and {@code Q} text orders
 * with {@code a} near {@code b}, at {@code nI - 1} and {@code nT - 1} passes per order; it is least
 * for {@code Q/P = sqrt((nI-1)/(nT-1))}. The number of image orders never depends on the text, so
 * that all texts of an image share its passes.
 *
 * @param budget passes per sample
 * @param orders how orders are drawn
 */
public record OrderBudget(PassBudget budget, Orders orders) {
  private static final int DEFAULT_IMAGE_ORDERS = 8;
  private static final int MOST_ORDERS = 1 << 16;

  /** The share of a given budget that image orders may take. */
  private static final double IMAGE_SHARE = 0.6;

  /**
   * How the orders of every image of a run are drawn; the first of them where a standard error is
   * aimed at.
   *
   * @param mostTextPlayers players of the run's longest text, which must remain affordable
   * @throws dev.auscult.base.InputException stating the minimum if the budget is too small
   */
  public OrderPlan imageOrders(int imagePlayers, int mostTextPlayers) {
    if (budget.perSample().isEmpty()) {
      return plan(DEFAULT_IMAGE_ORDERS);
    }
    long passes = budget.perSample().getAsLong();
    PassBudget.requireLeast(
        passes, PassBudget.least(imagePlayers, mostTextPlayers), imagePlayers, mostTextPlayers);
    OrderPlan fewest = plan(OrderPlan.FEWEST_ORDERS);
    long share = Math.max((long) (IMAGE_SHARE * passes), fewest.passes(imagePlayers));
    long rest = passes - fewest.passes(mostTextPlayers);
    long most = budget.targetSe().isPresent() ? DEFAULT_IMAGE_ORDERS : MOST_ORDERS;
    return affordable(Math.min(share, rest), imagePlayers, most);
  }

  /**
   * How the orders of a text are drawn; the first of them where a standard error is aimed at.
   *
   * @param image what {@link #imageOrders} gave
   */
  public OrderPlan textOrders(OrderPlan image, int imagePlayers, int textPlayers) {
    double ratio = Math.sqrt((imagePlayers - 1.0) / Math.max(1, textPlayers - 1));
    long balanced = 4 * Math.round(image.orders() * Math.max(1, ratio) / 4);
    long most = 4L * image.orders();
    if (budget.perSample().isEmpty()) {
      return plan((int) Math.min(most, balanced));
    }
    long rest = budget.perSample().getAsLong() - image.passes(imagePlayers);
    return affordable(
        rest, textPlayers, budget.targetSe().isPresent() ? Math.min(most, balanced) : most);
  }

  /** The largest plan of up to {@code mostOrders} orders whose passes fit. */
  private OrderPlan affordable(long passes, int players, long mostOrders) {
    if (players < 2) {
      return plan(OrderPlan.FEWEST_ORDERS);
    }
    long affordable = (passes - 2) / (players - 1);
    return plan((int) Math.min(mostOrders, affordable));
  }

  /** Where an error is aimed at, pairs: their number tells the error from the first orders on. */
  private OrderPlan plan(int count) {
    return orders == Orders.LATIN && budget.targetSe().isEmpty()
        ? OrderPlan.latin(count)
        : OrderPlan.independent(count / 2);
  }
}
