package dev.auscult.balance;

import java.util.Optional;

/**
 * The game of two players, whole image and whole text: the score of every combination.
 *
 * @param empty both masked
 * @param imageOnly the image with the text masked
 * @param textOnly the text with the image masked
 * @param full nothing masked
 * @param cosine of image and text, nothing masked; empty where the score is a multiple of it
 */
public record ModalityScores(
    double empty, double imageOnly, double textOnly, double full, Optional<Double> cosine) {

  /** Scores that are multiples of the cosine. */
  public ModalityScores(double empty, double imageOnly, double textOnly, double full) {
    this(empty, imageOnly, textOnly, full, Optional.empty());
  }

  /** The text's Shapley value in this game. */
  public double textShapley() {
    return ((textOnly - empty) + (full - imageOnly)) / 2;
  }

  /** The image's Shapley value in this game. */
  public double imageShapley() {
    return ((imageOnly - empty) + (full - textOnly)) / 2;
  }

  /** What the two give together beyond what each gives alone. */
  public double synergy() {
    return full - imageOnly - textOnly + empty;
  }
}
