package dev.auscult.benchmarks;

import dev.auscult.balance.Estimator.Orders;
import dev.auscult.balance.MaskedGames;
import dev.auscult.balance.Masking;
import dev.auscult.balance.ModalityShare;
import dev.auscult.data.Datasets;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.shapley.Attribution;
import dev.auscult.shapley.BilinearGame;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/**
 * What bfloat16 does to contributions: the same pairs with the same orders in both precisions,
 * their differences beside the standard errors of the default budget, and the time.
 */
public final class PrecisionEffect {
  private final int imagePlayers;
  private final DoubleSummaryStatistics differences = new DoubleSummaryStatistics();
  private final DoubleSummaryStatistics errors = new DoubleSummaryStatistics();
  private final DoubleSummaryStatistics magnitudes = new DoubleSummaryStatistics();
  private final DoubleSummaryStatistics shareDifferences = new DoubleSummaryStatistics();
  private final DoubleSummaryStatistics shareErrors = new DoubleSummaryStatistics();

  private PrecisionEffect(int imagePlayers) {
    this.imagePlayers = imagePlayers;
  }

  /** The attributions of some pairs. */
  private record Explained(int imagePlayers, List<Attribution> pairs, double seconds) {}

  /** Arguments: model, data, pairs, tokens, threads. */
  public static void main(String[] arguments) {
    int threads = Integer.parseInt(arguments[4]);
    Explained full = explain(arguments, new Compute(threads, DType.FLOAT32, 0));
    Explained half = explain(arguments, new Compute(threads, DType.BFLOAT16, 0));
    PrecisionEffect effect = new PrecisionEffect(full.imagePlayers());
    for (int pair = 0; pair < full.pairs().size(); pair++) {
      effect.add(full.pairs().get(pair), half.pairs().get(pair));
    }
    System.out.println(effect.line() + ";" + full.seconds() + ";" + half.seconds());
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
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Explained(encoder.patchGrid().count(), attributions, seconds);
    }
  }

  private void add(Attribution full, Attribution half) {
    for (int i = 0; i < full.players(); i++) {
      differences.accept(Math.abs(full.value(i) - half.value(i)));
      errors.accept(full.standardError(i));
      magnitudes.accept(Math.abs(full.value(i)));
    }
    shareDifferences.accept(Math.abs(tscore(full) - tscore(half)));
    shareErrors.accept(
        full.jackknife(phi -> ModalityShare.tscore(phi, imagePlayers)).standardError());
  }

  private double tscore(Attribution attribution) {
    double[] phi = attribution.values().stream().mapToDouble(Double::doubleValue).toArray();
    return ModalityShare.tscore(phi, imagePlayers);
  }

  private String line() {
    return String.format(
        Locale.ROOT,
        "%.2g;%.2g;%.2g;%.2g;%.2g;%.2g;%.2g",
        magnitudes.getAverage(),
        differences.getAverage(),
        differences.getMax(),
        errors.getAverage(),
        shareDifferences.getAverage(),
        shareDifferences.getMax(),
        shareErrors.getAverage());
  }
}
