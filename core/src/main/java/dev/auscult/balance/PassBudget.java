package dev.auscult.balance;

import dev.auscult.base.InputException;
import dev.auscult.base.UsageException;
import dev.auscult.shapley.OrderPlan;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How many encoder passes one sample's contributions may cost.
 *
 * @param perSample upper bound of the passes; empty for the estimator's default
 * @param targetSe passes are spent until delta has this standard error or the bound is reached;
 *     empty to spend the budget whatever the error
 */
public record PassBudget(OptionalLong perSample, OptionalDouble targetSe) {
  /** More passes than this do not fit in memory at once. */
  private static final long MOST = 200_000;

  /** The bound of a target that has none of its own. */
  private static final long MOST_FOR_TARGET = 20_000;

  /**
   * Checks the numbers.
   *
   * @throws InputException naming the option at fault
   */
  public PassBudget {
    if (perSample.isPresent() && (perSample.getAsLong() < 1 || perSample.getAsLong() > MOST)) {
      throw new UsageException(
          "--passes",
          String.valueOf(perSample.getAsLong()),
          "1 to %d encoder passes per sample".formatted(MOST),
          "leave it out for the default");
    }
    if (targetSe.isPresent() && !(targetSe.getAsDouble() > 0 && targetSe.getAsDouble() < 1)) {
      throw new UsageException(
          "--target-se",
          String.valueOf(targetSe.getAsDouble()),
          "a standard error of delta between 0 and 1",
          "use e.g. --target-se 0.02");
    }
  }

  /** The default. */
  public static PassBudget standard() {
    return new PassBudget(OptionalLong.empty(), OptionalDouble.empty());
  }

  /** At most {@code passes} per sample. */
  public static PassBudget of(long passes) {
    return new PassBudget(OptionalLong.of(passes), OptionalDouble.empty());
  }

  /** The same until delta has a standard error. */
  public PassBudget until(double standardError) {
    return new PassBudget(perSample, OptionalDouble.of(standardError));
  }

  /** The most passes that a target may cost. */
  long mostForTarget() {
    return perSample.orElse(MOST_FOR_TARGET);
  }

  /** Refuses a budget below what an estimate needs. */
  static void requireLeast(long passes, long least, int imagePlayers, int textPlayers) {
    if (passes < least) {
      throw new InputException(
          "--passes",
          passes + " encoder passes per sample",
          "at least %d for %d patches and texts of up to %d tokens"
              .formatted(least, imagePlayers, textPlayers),
          "raise --passes, or leave it out for the default");
    }
  }

  /** The fewest passes that give values with standard errors: two antithetic pairs per side. */
  static long least(int imagePlayers, int textPlayers) {
    OrderPlan fewest = OrderPlan.latin(OrderPlan.FEWEST_ORDERS);
    return fewest.passes(imagePlayers) + fewest.passes(textPlayers);
  }
}
