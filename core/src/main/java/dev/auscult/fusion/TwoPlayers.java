package dev.auscult.fusion;

/**
 * The game of image and text: Shapley values of two players in closed form.
 *
 * @param nothing what the empty coalition is worth
 * @param image what the image alone is worth
 * @param text what the text alone is worth
 * @param both what both are worth
 */
record TwoPlayers(double nothing, double image, double text, double both) {

  /** The image's Shapley value. */
  double ofImage() {
    return (image - nothing + both - text) / 2;
  }

  /** The text's Shapley value. */
  double ofText() {
    return (text - nothing + both - image) / 2;
  }

  /** Harsanyi's dividend of both: what they have together beyond the sum. */
  double synergy() {
    return both - image - text + nothing;
  }
}
