package dev.auscult.shapley;

import java.util.List;

/**
 * An estimator that sees the players under other numbers: shap draws its orders over text tokens
 * first and image cells after them, while games here number the image's players first.
 *
 * @param estimator what estimates
 * @param numbering the estimator's player {@code i} is the game's player {@code
 *     numbering.playerAt(i)}
 */
public record Renumbered(ShapleyEstimator<CooperativeGame> estimator, Order numbering)
    implements ShapleyEstimator<CooperativeGame> {

  /**
   * Text players first.
   *
   * @param image players of the image, the game's first
   * @param text players of the text, the game's last
   */
  public static Renumbered textFirst(
      ShapleyEstimator<CooperativeGame> estimator, int image, int text) {
    int[] numbers = new int[image + text];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i < text ? image + i : i - text;
    }
    return new Renumbered(estimator, Order.of(numbers));
  }

  @Override
  public Attribution attribute(CooperativeGame game) {
    if (game.players() != numbering.players()) {
      throw new IllegalArgumentException(
          "%d players, %d numbers".formatted(game.players(), numbering.players()));
    }
    CooperativeGame seen =
        new CooperativeGame() {
          @Override
          public int players() {
            return game.players();
          }

          @Override
          public double[] values(List<Coalition> coalitions) {
            return game.values(coalitions.stream().map(c -> c.renumbered(numbering)).toList());
          }
        };
    return estimator.attribute(seen).renumbered(numbering);
  }

  @Override
  public List<Coalition> foreseen(int players) {
    return estimator.foreseen(players).stream().map(c -> c.renumbered(numbering)).toList();
  }
}
