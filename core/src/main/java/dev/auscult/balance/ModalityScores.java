package dev.auscult.balance;

/**
 * The game of two players, whole image and whole text: the score of every combination.
 *
 * @param empty both masked
 * @param imageOnly the image with the text masked
 * @param textOnly the text with the image masked
 * @param full nothing masked
 */
public record ModalityScores(double empty, double imageOnly, double textOnly, double full) {

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
