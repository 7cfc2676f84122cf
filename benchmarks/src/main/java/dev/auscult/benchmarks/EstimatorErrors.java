package dev.auscult.benchmarks;

import dev.auscult.balance.Estimator.Orders;
import dev.auscult.balance.ImagePlayers;
import dev.auscult.balance.MaskedGames;
import dev.auscult.balance.Masking;
import dev.auscult.data.Datasets;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.shapley.Attribution;
import dev.auscult.shapley.BilinearGame;
import dev.auscult.shapley.EncodedGame;
import dev.auscult.shapley.GameSide;
import dev.auscult.shapley.Memoised;
import dev.auscult.shapley.PermutationShapley;
import dev.auscult.shapley.RegressionShapley;
import dev.auscult.shapley.RegressionShapley.Correction;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import java.util.Arrays;
import java.util.Locale;

/**
 * Errors of estimators against a long run, over passes: prints for each run of each estimator its
 * passes and its squared error relative to the sum of the squared values.
 *
 * <p>All runs of a sample see one game whose sides remember what they encoded; the passes printed
 * are those that the run alone would spend.
 */
public final class EstimatorErrors {
  /** The long run has so many times the passes of the default. */
  private static final int LONG = 8;

  /** Runs of half, once, twice and four times the passes of the default. */
  private static final int[] RUNS = {4, 4, 2, 1};

  private static final int[] PERMUTATIONS = {1, 2};
  private static final int[] PERMUTATION_RUNS = {8, 2};

  private final MaskedGames games;
  private final Pairs pairs;
  private final int cells;
  private final int[] tokens;

  private EstimatorErrors(MaskedGames games, Pairs pairs, int cells, int[] tokens) {
    this.games = games;
    this.pairs = pairs;
    this.cells = cells;
    this.tokens = tokens;
  }

  /** Arguments: model, data, sides of the grids, tokens of the texts, samples, threads. */
  public static void main(String[] arguments) {
    Compute compute = new Compute(Integer.parseInt(arguments[5]), DType.FLOAT32, 0);
    compute.apply();
    try (DualEncoder encoder = Models.load(arguments[0], compute)) {
      Pairs pairs = new Pairs(Datasets.open(arguments[1]), encoder.tokenizer());
      for (int side : numbers(arguments[2])) {
        Masking masking = Masking.faithful().with(new ImagePlayers.Square(side));
        EstimatorErrors errors =
            new EstimatorErrors(
                new MaskedGames(encoder, masking), pairs, side * side, numbers(arguments[3]));
        for (int sample = 0; sample < Integer.parseInt(arguments[4]); sample++) {
          errors.measure(sample);
        }
      }
    }
  }

  private static int[] numbers(String list) {
    return Arrays.stream(list.split(",")).mapToInt(Integer::parseInt).toArray();
  }

  private void measure(int sample) {
    GameSide image = games.image(pairs.image(sample), 0);
    for (int length : tokens) {
      GameSide text = games.text(pairs.text(sample, length));
      new Setting(sample, length, new BilinearGame(image, text, games.encoder().logitScale()))
          .measure();
    }
  }

  /** One image with one text. */
  private final class Setting {
    private final int sample;
    private final int length;
    private final BilinearGame game;
    private final Attribution truth;

    Setting(int sample, int length, BilinearGame game) {
      this.sample = sample;
      this.length = length;
      this.game = game;
      this.truth = factorised(LONG, Orders.LATIN, -1).attribution();
    }

    void measure() {
      print("truth", truth, 1, ownError());
      double[] factors = {0.5, 1, 2, 4};
      for (int f = 0; f < factors.length; f++) {
        for (int seed = 0; seed < RUNS[f]; seed++) {
          measureFactorised(factors[f], seed);
        }
      }
      for (int p = 0; p < PERMUTATIONS.length; p++) {
        for (int seed = 0; seed < PERMUTATION_RUNS[p]; seed++) {
          measurePermutations(PERMUTATIONS[p], 1000 * p + seed);
        }
      }
    }

    private void measureFactorised(double factor, int seed) {
      EncodedGame latin = factorised(factor, Orders.LATIN, seed);
      printError("latin", latin.attribution(), factor);
      for (Correction correction : Correction.values()) {
        printError(
            "regression-" + correction.name().toLowerCase(Locale.ROOT).replace('_', '-'),
            RegressionShapley.attribute(latin, correction),
            factor);
      }
      if (factor == 1) {
        EncodedGame independent = factorised(factor, Orders.INDEPENDENT, seed);
        printError("factorised", independent.attribution(), factor);
      }
    }

    private void measurePermutations(int permutations, int seed) {
      PermutationShapley estimator = new PermutationShapley(permutations, seed);
      Attribution once = new Memoised(estimator).attribute(game);
      printError("memoised", once, permutations);
      long evaluations = (2L * game.players() + 1) * permutations;
      print("shap", 2 * evaluations, permutations, error(once));
    }

    /** With {@code factor} times the default orders. */
    private EncodedGame factorised(double factor, Orders orders, int seed) {
      return DefaultOrders.of(game, orders, factor).estimator(seed).encode(game);
    }

    /** By the long run's own standard errors. */
    private double ownError() {
      double sum = 0;
      for (double se : truth.standardErrors()) {
        sum += se * se;
      }
      return sum / squares();
    }

    private double squares() {
      return truth.values().stream().mapToDouble(value -> value * value).sum();
    }

    private double error(Attribution estimate) {
      double sum = 0;
      for (int i = 0; i < estimate.players(); i++) {
        sum += Math.pow(estimate.value(i) - truth.value(i), 2);
      }
      return sum / squares();
    }

    private void printError(String estimator, Attribution estimate, double factor) {
      print(estimator, estimate, factor, error(estimate));
    }

    private void print(String estimator, Attribution estimate, double factor, double error) {
      print(estimator, estimate.passes().total(), factor, error);
    }

    private void print(String estimator, long passes, double factor, double error) {
      System.out.printf(
          Locale.ROOT,
          "%d %d %d %s %s %d %.6g%n",
          cells,
          length,
          sample,
          estimator,
          factor,
          passes,
          error);
    }
  }
}
