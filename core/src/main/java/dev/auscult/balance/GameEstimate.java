package dev.auscult.balance;

import dev.auscult.shapley.Attribution;
import dev.auscult.shapley.BilinearGame;
import dev.auscult.shapley.Coalition;
import dev.auscult.shapley.CooperativeGame;
import dev.auscult.shapley.MemoisedSide;
import dev.auscult.shapley.ShapleyEstimator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The values of one sample by an estimator that knows only a game.
 *
 * @param <G> which games the estimator can do
 */
final class GameEstimate<G extends CooperativeGame> implements SampleEstimate {
  private final MemoisedSide image;
  private final MemoisedSide text;
  private final G game;
  private final ShapleyEstimator<? super G> estimator;
  private final List<Coalition> foreseen;

  /**
   * @param image the image's side, of this sample alone
   * @param text the text's side, of this sample alone
   * @param game of these sides
   */
  GameEstimate(
      MemoisedSide image, MemoisedSide text, G game, ShapleyEstimator<? super G> estimator) {
    this.image = image;
    this.text = text;
    this.game = game;
    this.estimator = estimator;
    this.foreseen = estimator.foreseen(image.players() + text.players());
  }

  @Override
  public List<Coalition> imageNeeds() {
    return needs(0, image.players());
  }

  @Override
  public List<Coalition> textNeeds() {
    return needs(image.players(), text.players());
  }

  /** The four coalitions of the two modalities are always among them. */
  private List<Coalition> needs(int from, int players) {
    return Stream.concat(
            Stream.of(Coalition.empty(players), Coalition.full(players)),
            foreseen.stream().map(coalition -> coalition.slice(from, players)))
        .distinct()
        .toList();
  }

  @Override
  public boolean goesOn() {
    return false;
  }

  @Override
  public Attribution attribution() {
    return estimator.attribute(game);
  }

  @Override
  public Contributions contributions() {
    int players = game.players();
    Coalition onlyImage = Coalition.range(players, 0, image.players());
    double[] f =
        game.values(
            List.of(
                Coalition.empty(players),
                onlyImage,
                onlyImage.complement(),
                Coalition.full(players)));
    var attribution = estimator.attribute(game);
    return new Contributions(
        attribution,
        image.players(),
        new ModalityScores(f[0], f[1], f[2], f[3], cosine()),
        List.of(),
        image.encodedCoalitions(),
        text.encodedCoalitions(),
        0,
        0);
  }

  /** Where the score does not tell it. */
  private Optional<Double> cosine() {
    if (game instanceof BilinearGame) {
      return Optional.empty();
    }
    int players = game.players();
    double[] cosine = new BilinearGame(image, text, 1).values(List.of(Coalition.full(players)));
    return Optional.of(cosine[0]);
  }
}
