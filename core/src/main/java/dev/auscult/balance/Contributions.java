package dev.auscult.balance;

import dev.auscult.shapley.Attribution;
import dev.auscult.shapley.Coalition;
import dev.auscult.shapley.Uncertain;
import java.util.List;
import java.util.Optional;

/**
 * What a finished estimate says of a sample.
 *
 * @param attribution values of the players, the image's first
 * @param imagePlayers how many of them are the image's
 * @param scores the game of two players
 * @param interactions the strongest pairs of patch and token; none where they are not estimated
 * @param imageUsed coalitions of the image it rests on
 * @param textUsed coalitions of the text it rests on
 * @param imageOrders image orders drawn; 0 where none are
 * @param textOrders text orders drawn; 0 where none are
 */
record Contributions(
    Attribution attribution,
    int imagePlayers,
    ModalityScores scores,
    List<Interaction> interactions,
    List<Coalition> imageUsed,
    List<Coalition> textUsed,
    int imageOrders,
    int textOrders) {

  /** Whether the scores are numbers at all. */
  boolean finite() {
    return Double.isFinite(scores.full()) && Double.isFinite(scores.empty());
  }

  /** TScore and its error; empty where nothing contributes. */
  Optional<ModalityShare> share() {
    return share(attribution, imagePlayers);
  }

  static Optional<ModalityShare> share(Attribution attribution, int imagePlayers) {
    if (attribution.values().stream().allMatch(phi -> phi == 0)) {
      return Optional.empty();
    }
    Uncertain tscore = attribution.jackknife(phi -> ModalityShare.tscore(phi, imagePlayers));
    return Optional.of(new ModalityShare(tscore.value(), 2 * tscore.standardError()));
  }
}
