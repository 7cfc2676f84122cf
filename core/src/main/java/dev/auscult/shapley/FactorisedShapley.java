package dev.auscult.shapley;

import dev.auscult.base.Seed;

/**
 * Factorised Shapley values of a bilinear game: orders are drawn for each side by itself, and the
 * sum over all interleavings of an image order and a text order is taken in closed form.
 *
 * <p>{@code P} image orders and {@code Q} text orders cost {@code P(nI-1) + Q(nT-1) + 4} passes and
 * cover {@code P Q C(nI+nT, nI)} joint orders. The estimate is unbiased and efficient by
 * construction.
 *
 * @param image how the image side's orders are drawn
 * @param text how the text side's orders are drawn
 * @param seed of the orders
 */
public record FactorisedShapley(OrderPlan image, OrderPlan text, Seed seed)
    implements ShapleyEstimator<BilinearGame> {

  @Override
  public Attribution attribute(BilinearGame game) {
    return encode(game).attribution();
  }

  /** The game's two sides with all the passes that the estimate needs. */
  public EncodedGame encode(BilinearGame game) {
    return new EncodedGame(
        EncodedOrders.encode(game.image(), image, seed.derive("image")),
        EncodedOrders.encode(game.text(), text, seed.derive("text")),
        game.scale());
  }
}
