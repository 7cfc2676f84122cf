package dev.auscult.benchmarks;

import dev.auscult.balance.Estimator.Orders;
import dev.auscult.balance.MaskedGames;
import dev.auscult.balance.Masking;
import dev.auscult.data.Datasets;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.shapley.Attribution;
import dev.auscult.shapley.BilinearGame;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What bfloat16 does to contributions: the same pairs with the same orders in both precisions,
 * their differences beside the standard errors of the default budget, and the time.
 */
public final class PrecisionEffect {
  private PrecisionEffect() {}

  /** The attributions of some pairs. */
  private record Explained(int imagePlayers, List<Attribution> pairs, double seconds) {}

  /** Arguments: model, data, pairs, tokens, threads. */
  public static void main(String[] arguments) {
    int threads = Integer.parseInt(arguments[4]);
    Explained full = explain(arguments, new Compute(threads, DType.FLOAT32, 0));
    Explained half = explain(arguments, new Compute(threads, DType.BFLOAT16, 0));
    double largest = 0;
    double sum = 0;
    double errors = 0;
    double share = 0;
    double largestShare = 0;
    double shareErrors = 0;
    double squares = 0;
    double values = 0;
    int players = 0;
    int patches = full.imagePlayers();
    for (int pair = 0; pair < full.pairs().size(); pair++) {
      Attribution a = full.pairs().get(pair);
      Attribution b = half.pairs().get(pair);
      for (int i = 0; i < a.players(); i++) {
        double difference = Math.abs(a.value(i) - b.value(i));
        largest = Math.max(largest, difference);
        sum += difference;
        squares += difference * difference;
        values += a.value(i) * a.value(i);
        errors += a.standardError(i);
        players++;
      }
      double moved = Math.abs(tscore(a, patches) - tscore(b, patches));
      share += moved / full.pairs().size();
      largestShare = Math.max(largestShare, moved);
      shareErrors += a.jackknife(phi -> tscore(phi, patches)).standardError() / full.pairs().size();
    }
    System.out.printf(
        Locale.ROOT,
        "%.3g;%.3g;%.3g;%.3g;%.3g;%.3g;%.3g;%.2f;%.2f%n",
        sum / players,
        largest,
        errors / players,
        squares / values,
        share,
        largestShare,
        shareErrors,
        full.seconds(),
        half.seconds());
  }

  private static Explained explain(String[] arguments, Compute compute) {
    compute.apply();
    try (DualEncoder encoder = Models.load(arguments[0], compute)) {
      Pairs pairs = new Pairs(Datasets.open(arguments[1]), encoder.tokenizer());
      MaskedGames games = new MaskedGames(encoder, Masking.faithful());
      List<BilinearGame> all = new ArrayList<>();
      for (int pair = 0; pair < Integer.parseInt(arguments[2]); pair++) {
        all.add(games.of(pairs.image(pair), pairs.text(pair, Integer.parseInt(arguments[3]))));
      }
      long start = System.nanoTime();
      List<Attribution> attributions =
          all.stream()
              .map(game -> DefaultOrders.of(game, Orders.LATIN, 1).estimator(1).attribute(game))
              .toList();
      return new Explained(
          encoder.patchGrid().count(), attributions, (System.nanoTime() - start) / 1e9);
    }
  }

  private static double tscore(Attribution attribution, int patches) {
    return tscore(
        attribution.values().stream().mapToDouble(Double::doubleValue).toArray(), patches);
  }

  private static double tscore(double[] phi, int patches) {
    double image = 0;
    double text = 0;
    for (int i = 0; i < phi.length; i++) {
      image += i < patches ? Math.abs(phi[i]) : 0;
      text += i < patches ? 0 : Math.abs(phi[i]);
    }
    return text / (text + image);
  }
}
