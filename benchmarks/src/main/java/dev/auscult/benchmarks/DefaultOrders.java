package dev.auscult.benchmarks;

import dev.auscult.balance.Estimator.Orders;
import dev.auscult.balance.OrderBudget;
import dev.auscult.balance.PassBudget;
import dev.auscult.base.Seed;
import dev.auscult.shapley.BilinearGame;
import dev.auscult.shapley.FactorisedShapley;
import dev.auscult.shapley.OrderPlan;

/** The orders an audit draws by default, or a multiple of them. */
record DefaultOrders(OrderPlan image, OrderPlan text) {

  /**
   * The orders of a game.
   *
   * @param factor 1 for the default
   */
  static DefaultOrders of(BilinearGame game, Orders orders, double factor) {
    int cells = game.image().players();
    int tokens = game.text().players();
    OrderBudget standard = new OrderBudget(PassBudget.standard(), orders);
    OrderPlan image = standard.imageOrders(cells, tokens);
    OrderPlan text = standard.textOrders(image, cells, tokens);
    return new DefaultOrders(
        plan(orders, factor * image.orders()), plan(orders, factor * text.orders()));
  }

  private static OrderPlan plan(Orders orders, double count) {
    return orders == Orders.LATIN
        ? OrderPlan.latin((int) count)
        : OrderPlan.independent((int) count / 2);
  }

  FactorisedShapley estimator(long seed) {
    return new FactorisedShapley(image, text, new Seed(seed));
  }
}
