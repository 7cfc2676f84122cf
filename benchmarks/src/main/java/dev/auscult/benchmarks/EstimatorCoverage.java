package dev.auscult.benchmarks;

import dev.auscult.balance.ImagePlayers;
import dev.auscult.balance.MaskedGames;
import dev.auscult.balance.Masking;
import dev.auscult.balance.ModalityShare;
import dev.auscult.base.Seed;
import dev.auscult.data.Datasets;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.shapley.Attribution;
import dev.auscult.shapley.BilinearGame;
import dev.auscult.shapley.EncodedGame;
import dev.auscult.shapley.FactorisedExact;
import dev.auscult.shapley.FactorisedShapley;
import dev.auscult.shapley.OrderPlan;
import dev.auscult.shapley.PermutationShapley;
import dev.auscult.shapley.RegressionShapley;
import dev.auscult.shapley.RegressionShapley.Correction;
import dev.auscult.shapley.Uncertain;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;

/**
 * How often nominal 95 % intervals hold the exact value, over many seeds, on a trained model's
 * score of a real pair of few enough players for enumeration.
 */
public final class EstimatorCoverage {
  private static final double LEVEL = 0.95;

  private final BilinearGame game;
  private final int imagePlayers;
  private final Attribution exact;
  private final int runs;

  private EstimatorCoverage(BilinearGame game, int runs) {
    this.game = game;
    this.imagePlayers = game.image().players();
    this.exact = new FactorisedExact().attribute(game);
    this.runs = runs;
  }

  /** Arguments: model, data, side of the grid, tokens, sample, runs, threads. */
  public static void main(String[] arguments) {
    Compute compute = new Compute(Integer.parseInt(arguments[6]), DType.FLOAT32, 0);
    compute.apply();
    try (DualEncoder encoder = Models.load(arguments[0], compute)) {
      Pairs pairs = new Pairs(Datasets.open(arguments[1]), encoder.tokenizer());
      int side = Integer.parseInt(arguments[2]);
      int sample = Integer.parseInt(arguments[4]);
      MaskedGames games =
          new MaskedGames(encoder, Masking.faithful().with(new ImagePlayers.Square(side)));
      BilinearGame game =
          games.of(pairs.image(sample), pairs.text(sample, Integer.parseInt(arguments[3])));
      new EstimatorCoverage(game, Integer.parseInt(arguments[5])).measure();
    }
  }

  private void measure() {
    estimators().forEach(this::measure);
  }

  private Map<String, LongFunction<Attribution>> estimators() {
    Map<String, LongFunction<Attribution>> estimators = new LinkedHashMap<>();
    for (int blocks : new int[] {2, 4, 8}) {
      OrderPlan latin = new OrderPlan(blocks, 2);
      estimators.put(blocks + " Latin blocks", seed -> encode(latin, seed).attribution());
    }
    for (int pairs : new int[] {2, 4, 8, 16}) {
      OrderPlan plan = OrderPlan.independent(pairs);
      estimators.put(pairs + " pairs", seed -> encode(plan, seed).attribution());
    }
    for (int permutations : new int[] {2, 4, 10}) {
      estimators.put(
          permutations + " permutations as shap's",
          seed -> new PermutationShapley(permutations, (int) seed).attribute(game));
    }
    for (int blocks : new int[] {4, 8}) {
      OrderPlan latin = new OrderPlan(blocks, 2);
      estimators.put(
          blocks + " Latin blocks, regression-adjusted marginals",
          seed -> RegressionShapley.attribute(encode(latin, seed), Correction.MARGINALS));
    }
    return estimators;
  }

  private EncodedGame encode(OrderPlan plan, long seed) {
    return new FactorisedShapley(plan, plan, new Seed(seed)).encode(game);
  }

  private void measure(String name, LongFunction<Attribution> estimator) {
    double[] truth = exact.values().stream().mapToDouble(v -> v).toArray();
    int players = 0;
    int tscores = 0;
    double claimed = 0;
    double real = 0;
    double bias = 0;
    for (int seed = 0; seed < runs; seed++) {
      Attribution attribution = estimator.apply(seed);
      for (int i = 0; i < truth.length; i++) {
        int player = i;
        players += holds(attribution.jackknife(phi -> phi[player]), truth[i]) ? 1 : 0;
        claimed += Math.pow(attribution.standardError(i), 2);
        real += Math.pow(attribution.value(i) - truth[i], 2);
      }
      ToDoubleFunction<double[]> tscore = this::tscore;
      Uncertain share = attribution.jackknife(tscore);
      tscores += holds(share, tscore(truth)) ? 1 : 0;
      bias += (share.value() - tscore(truth)) / runs;
    }
    System.out.printf(
        Locale.ROOT,
        "%s;%.4f;%.4f;%.3f;%.4f%n",
        name,
        players / (double) (runs * truth.length),
        tscores / (double) runs,
        Math.sqrt(claimed / real),
        bias);
  }

  private static boolean holds(Uncertain estimate, double truth) {
    return Math.abs(estimate.value() - truth) <= estimate.margin(LEVEL);
  }

  private double tscore(double[] phi) {
    return ModalityShare.tscore(phi, imagePlayers);
  }
}
