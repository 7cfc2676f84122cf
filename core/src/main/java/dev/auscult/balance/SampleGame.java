package dev.auscult.balance;

import dev.auscult.model.PatchGrid;
import dev.auscult.shapley.Attribution;
import dev.auscult.shapley.EncodedGame;
import dev.auscult.shapley.Uncertain;
import java.util.List;
import java.util.Optional;

/**
 * The encoded game of one sample, turned into its balance.
 *
 * @param game image and text with all their passes
 * @param grid of the image players
 * @param tokens the text players
 */
record SampleGame(EncodedGame game, PatchGrid grid, List<String> tokens) {

  /**
   * The sample's balance.
   *
   * @param choice how an answer was selected
   * @param passes what is counted with this sample
   */
  SampleBalance balance(String id, Optional<AnswerChoice> choice, long passes) {
    Attribution attribution = game.attribution();
    List<Double> phi = attribution.values();
    List<Double> se = attribution.standardErrors();
    int patches = grid.count();
    int players = attribution.players();
    return new SampleBalance(
        id,
        share(attribution, patches),
        new TextContributions(tokens, phi.subList(patches, players), se.subList(patches, players)),
        new ImageContributions(
            grid.side(), grid.side(), phi.subList(0, patches), se.subList(0, patches)),
        new ModalityScores(
            game.emptyValue(), game.imageOnlyValue(), game.textOnlyValue(), game.fullValue()),
        choice,
        passes);
  }

  private static Optional<ModalityShare> share(Attribution attribution, int patches) {
    if (attribution.values().stream().allMatch(phi -> phi == 0)) {
      return Optional.empty();
    }
    Uncertain tscore = attribution.jackknife(phi -> tscore(phi, patches));
    return Optional.of(new ModalityShare(tscore.value(), 2 * tscore.standardError()));
  }

  /** {@code S_txt / (S_txt + S_img)}. */
  private static double tscore(double[] phi, int patches) {
    double image = 0;
    double text = 0;
    for (int player = 0; player < phi.length; player++) {
      if (player < patches) {
        image += Math.abs(phi[player]);
      } else {
        text += Math.abs(phi[player]);
      }
    }
    return text / (text + image);
  }
}
