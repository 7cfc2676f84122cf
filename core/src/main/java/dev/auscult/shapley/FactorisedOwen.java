package dev.auscult.shapley;

import dev.auscult.base.Seed;

/**
 * Owen values of a bilinear game with its two sides as unions, from the passes of {@link
 * FactorisedShapley}.
 *
 * @param image how the image side's orders are drawn
 * @param text how the text side's orders are drawn
 * @param seed of the orders
 */
public record FactorisedOwen(OrderPlan image, OrderPlan text, Seed seed)
    implements ShapleyEstimator<BilinearGame> {

  @Override
  public Attribution attribute(BilinearGame game) {
    return new FactorisedShapley(image, text, seed).encode(game).owen();
  }
}
