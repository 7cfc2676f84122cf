package dev.auscult.shapley;

import java.util.List;

/**
 * A game of two sides whose vectors meet in any score, bilinear or not. As a {@link
 * CooperativeGame} its players are those of the image, then those of the text.
 *
 * @param image of {@code nI} players
 * @param text of {@code nT} players
 * @param score of an image coalition's and a text coalition's vector
 */
public record JointGame(GameSide image, GameSide text, JointScore score)
    implements CooperativeGame {

  @Override
  public int players() {
    return image.players() + text.players();
  }

  /** Encodes every distinct coalition of a side once. */
  @Override
  public double[] values(List<Coalition> coalitions) {
    EncodedSlice images = EncodedSlice.of(image, coalitions, 0);
    EncodedSlice texts = EncodedSlice.of(text, coalitions, image.players());
    return score.of(images.vectors(), images.numbers(), texts.vectors(), texts.numbers());
  }
}
