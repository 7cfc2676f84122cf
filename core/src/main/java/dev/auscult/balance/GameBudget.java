package dev.auscult.balance;

import dev.auscult.base.InputException;
import dev.auscult.base.UsageException;
import dev.auscult.shapley.BilinearGame;
import dev.auscult.shapley.CooperativeGame;
import dev.auscult.shapley.ExactShapley;
import dev.auscult.shapley.FactorisedExact;
import dev.auscult.shapley.Hierarchy;
import dev.auscult.shapley.KernelShapley;
import dev.auscult.shapley.PartitionOwen;
import dev.auscult.shapley.PermutationShapley;
import dev.auscult.shapley.Renumbered;
import dev.auscult.shapley.ShapleyEstimator;
import java.util.OptionalInt;

/**
 * Estimators that know only a game, within a budget of passes: a permutation costs at most {@code
 * 2(n-2)} passes where each distinct input is encoded once, an evaluation at most 2, and the inputs
 * with nobody and with everybody 4 in all.
 *
 * @param estimator which
 * @param budget passes per sample
 */
record GameBudget(Estimator estimator, PassBudget budget) {
  private static final int DEFAULT_PERMUTATIONS = 10;
  private static final int DEFAULT_EVALUATIONS = 500;
  private static final int BATCH = 64;
  private static final long ENDS = 4;

  /** shap's {@code nsamples="auto"} adds this to twice the players. */
  private static final int KERNEL_EXTRA = 2048;

  /**
   * Refuses what the largest sample cannot afford.
   *
   * @throws InputException stating what is needed
   */
  void check(int imagePlayers, int textPlayers, AuditedScore score) {
    int most = FactorisedExact.MOST_PLAYERS;
    if (estimator instanceof Estimator.Exact
        && !score.bilinear()
        && imagePlayers + textPlayers > ExactShapley.MOST_PLAYERS) {
      throw new InputException(
          "--estimator exact",
          "%d image players and texts of up to %d tokens".formatted(imagePlayers, textPlayers),
          "at most %d in all for --score %s".formatted(ExactShapley.MOST_PLAYERS, score.label()),
          "use fewer cells (--image-players 2x2) and shorter texts, or another estimator");
    }
    if (estimator instanceof Estimator.Exact && Math.max(imagePlayers, textPlayers) > most) {
      throw new InputException(
          "--estimator exact",
          "%d image players and texts of up to %d tokens".formatted(imagePlayers, textPlayers),
          "at most %d of each".formatted(most),
          "use fewer cells (--image-players 4x4) and shorter texts, or another estimator");
    }
    if (budget.targetSe().isPresent()) {
      throw new UsageException(
          "--target-se",
          "--estimator " + estimator.label(),
          "a factorised estimator, whose budget can grow",
          "leave --estimator or --target-se out");
    }
    long passes = budget.perSample().orElse(Long.MAX_VALUE);
    PassBudget.requireLeast(passes, least(imagePlayers, textPlayers), imagePlayers, textPlayers);
  }

  /** What a given number costs, or the fewest passes of a number that follows from the budget. */
  private long least(int imagePlayers, int textPlayers) {
    if (estimator instanceof Estimator.Exact || number().isPresent()) {
      return passes(imagePlayers, textPlayers);
    }
    int n = imagePlayers + textPlayers;
    if (estimator instanceof Estimator.Permutation) {
      return ENDS + 2L * Math.max(0, n - 2);
    }
    return estimator instanceof Estimator.Kernel ? ENDS + 2 * KernelShapley.least(n) : ENDS;
  }

  private OptionalInt number() {
    if (estimator instanceof Estimator.Permutation permutation) {
      return permutation.permutations();
    }
    if (estimator instanceof Estimator.Kernel kernel) {
      return kernel.evaluations();
    }
    return estimator instanceof Estimator.Partition partition
        ? partition.evaluations()
        : OptionalInt.empty();
  }

  /** Passes per sample at most. */
  long passes(int imagePlayers, int textPlayers) {
    int n = imagePlayers + textPlayers;
    if (estimator instanceof Estimator.Exact) {
      return (1L << imagePlayers) + (1L << textPlayers);
    }
    return estimator instanceof Estimator.Permutation
        ? ENDS + 2 * permutations(n) * Math.max(0, n - 2)
        : ENDS + 2 * evaluations(n);
  }

  private long permutations(int n) {
    if (number().isPresent()) {
      return number().getAsInt();
    }
    return budget.perSample().isPresent()
        ? Math.max(1, (budget.perSample().getAsLong() - ENDS) / (2L * Math.max(1, n - 2)))
        : DEFAULT_PERMUTATIONS;
  }

  /** Evaluations beside those of nobody and of everybody. */
  private long evaluations(int n) {
    if (number().isPresent()) {
      return number().getAsInt();
    }
    if (budget.perSample().isPresent()) {
      return (budget.perSample().getAsLong() - ENDS) / 2;
    }
    return estimator instanceof Estimator.Kernel ? 2L * n + KERNEL_EXTRA : DEFAULT_EVALUATIONS;
  }

  /**
   * The estimator for one sample.
   *
   * @param side cells along one side of the image
   * @param seed as given to {@code np.random.seed}
   */
  ShapleyEstimator<? super BilinearGame> of(int side, int textPlayers, int seed) {
    return estimator instanceof Estimator.Exact
        ? new FactorisedExact()
        : ofAnyGame(side, textPlayers, seed);
  }

  /** The estimator for one sample whose score is no multiple of the cosine; see {@link #of}. */
  ShapleyEstimator<CooperativeGame> ofAnyGame(int side, int textPlayers, int seed) {
    int imagePlayers = side * side;
    int n = imagePlayers + textPlayers;
    if (estimator instanceof Estimator.Exact) {
      return new ExactShapley();
    }
    if (estimator instanceof Estimator.Partition) {
      Hierarchy hierarchy = Hierarchy.rectangle(side, side);
      return new PartitionOwen(
          textPlayers == 0 ? hierarchy : hierarchy.beside(Hierarchy.halves(textPlayers)),
          evaluations(n) + 2,
          BATCH);
    }
    return Renumbered.textFirst(
        estimator instanceof Estimator.Kernel
            ? new KernelShapley(Math.max(evaluations(n), KernelShapley.least(n)), seed)
            : new PermutationShapley((int) permutations(n), seed),
        imagePlayers,
        textPlayers);
  }
}
