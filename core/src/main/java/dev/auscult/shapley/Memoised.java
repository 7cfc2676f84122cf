package dev.auscult.shapley;

import java.util.List;

/**
 * An estimator that encodes every distinct coalition of a side once: the passes of its result are
 * those that are really spent. Values and standard errors are the estimator's own.
 *
 * @param estimator which pays for every evaluation, left alone
 */
public record Memoised(ShapleyEstimator<CooperativeGame> estimator)
    implements ShapleyEstimator<BilinearGame> {

  @Override
  public Attribution attribute(BilinearGame game) {
    MemoisedSide image = new MemoisedSide(game.image());
    MemoisedSide text = new MemoisedSide(game.text());
    return estimator
        .attribute(new BilinearGame(image, text, game.scale()))
        .withPasses(new Passes(image.encoded(), text.encoded()));
  }

  @Override
  public List<Coalition> foreseen(int players) {
    return estimator.foreseen(players);
  }
}
