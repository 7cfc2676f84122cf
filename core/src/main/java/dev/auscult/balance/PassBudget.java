package dev.auscult.balance;

import dev.auscult.base.InputException;
import dev.auscult.shapley.OrderPlan;
import java.util.OptionalLong;

/**
 * How many encoder passes one sample's contributions may cost, and how they are divided between
 * image orders and text orders.
 *
 * <p>The variance of delta is about {@code a/P + b/Q} for {@code P} image and {@code Q} text orders
 * with {@code a} near {@code b}, at {@code nI - 1} and {@code nT - 1} passes per order; it is least
 * for {@code Q/P = sqrt((nI-1)/(nT-1))}. The number of image orders never depends on the text, so
 * that all texts of an image share its passes.
 *
 * @param perSample upper bound of the passes; empty for the default, 8 image orders and as many
 *     text orders as balance them
 */
public record PassBudget(OptionalLong perSample) {
  private static final int DEFAULT_IMAGE_ORDERS = 8;
  private static final int MOST_ORDERS = 1 << 16;

  /** The share of a given budget that image orders may take. */
  private static final double IMAGE_SHARE = 0.6;

  /** The default. */
  public static PassBudget standard() {
    return new PassBudget(OptionalLong.empty());
  }

  /** At most {@code passes} per sample. */
  public static PassBudget of(long passes) {
    return new PassBudget(OptionalLong.of(passes));
  }

  /** The fewest passes that give values with standard errors: two antithetic pairs per side. */
  static long least(int imagePlayers, int textPlayers) {
    OrderPlan fewest = OrderPlan.latin(OrderPlan.FEWEST_ORDERS);
    return fewest.passes(imagePlayers) + fewest.passes(textPlayers);
  }

  /**
   * How the orders of every image of a run are drawn.
   *
   * @param mostTextPlayers players of the run's longest text, which must remain affordable
   * @throws InputException stating the minimum if the budget is too small
   */
  OrderPlan imageOrders(int imagePlayers, int mostTextPlayers) {
    if (perSample.isEmpty()) {
      return OrderPlan.latin(DEFAULT_IMAGE_ORDERS);
    }
    long passes = perSample.getAsLong();
    long least = least(imagePlayers, mostTextPlayers);
    if (passes < least) {
      throw new InputException(
          "--passes",
          passes + " encoder passes per sample",
          "at least %d for %d patches and texts of up to %d tokens"
              .formatted(least, imagePlayers, mostTextPlayers),
          "raise --passes, or leave it out for the default");
    }
    OrderPlan fewest = OrderPlan.latin(OrderPlan.FEWEST_ORDERS);
    long share = Math.max((long) (IMAGE_SHARE * passes), fewest.passes(imagePlayers));
    long rest = passes - fewest.passes(mostTextPlayers);
    return affordable(Math.min(share, rest), imagePlayers, MOST_ORDERS);
  }

  /**
   * How the orders of a text are drawn.
   *
   * @param image what {@link #imageOrders} gave
   */
  OrderPlan textOrders(OrderPlan image, int imagePlayers, int textPlayers) {
    if (perSample.isPresent()) {
      long rest = perSample.getAsLong() - image.passes(imagePlayers);
      return affordable(rest, textPlayers, 4L * image.orders());
    }
    double ratio = Math.sqrt((imagePlayers - 1.0) / Math.max(1, textPlayers - 1));
    long balanced = 4 * Math.round(image.orders() * Math.max(1, ratio) / 4);
    return OrderPlan.latin((int) Math.min(4L * image.orders(), balanced));
  }

  /** The largest plan of up to {@code mostOrders} orders whose passes fit. */
  private static OrderPlan affordable(long passes, int players, long mostOrders) {
    if (players < 2) {
      return OrderPlan.latin(OrderPlan.FEWEST_ORDERS);
    }
    long orders = (passes - 2) / (players - 1);
    return OrderPlan.latin((int) Math.min(mostOrders, orders));
  }
}
