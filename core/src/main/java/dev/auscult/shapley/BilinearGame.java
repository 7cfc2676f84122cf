package dev.auscult.shapley;

import java.util.List;

/**
 * A game of two groups of players who meet only in an inner product: {@code f(S, T) = scale *
 * <u(S), v(T)>}, as the score of a dual encoder.
 *
 * <p>As a {@link CooperativeGame} its players are those of the image, then those of the text.
 *
 * @param image {@code u}, of {@code nI} players
 * @param text {@code v}, of {@code nT} players
 * @param scale the factor on the inner product, the model's logit scale
 */
public record BilinearGame(GameSide image, GameSide text, double scale) implements CooperativeGame {

  @Override
  public int players() {
    return image.players() + text.players();
  }

  /** Encodes every distinct coalition of a side once. */
  @Override
  public double[] values(List<Coalition> coalitions) {
    return new JointGame(image, text, new JointScore.Product(scale)).values(coalitions);
  }
}
