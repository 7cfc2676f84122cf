package dev.auscult.shapley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.Seed;
import dev.auscult.shapley.RegressionShapley.Correction;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How often nominal 95 % intervals hold the exact value, over all players and many seeds. Where
 * blocks are independent and enough for Student's t, 93 to 97 % are expected.
 */
class CoverageTest {
  private static final int RUNS = 500;
  private static final BilinearGame GAME =
      new BilinearGame(Games.encoderLike(9, 8, 51), Games.encoderLike(6, 8, 52), 20);
  private static final Attribution TRUTH = new ExactShapley().attribute(GAME);

  private static double coverage(LongFunction<Attribution> estimator) {
    int held = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      Attribution attribution = estimator.apply(seed);
      for (int i = 0; i < GAME.players(); i++) {
        int player = i;
        Uncertain estimate = attribution.jackknife(phi -> phi[player]);
        held += Math.abs(estimate.value() - TRUTH.value(i)) <= estimate.margin(0.95) ? 1 : 0;
      }
    }
    return held / (double) (RUNS * GAME.players());
  }

  private static double coverage(OrderPlan plan) {
    return coverage(seed -> new FactorisedShapley(plan, plan, new Seed(seed)).attribute(GAME));
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "3, 2", "4, 2", "8, 2", "16, 1"})
  void isNominalForLatinBlocksAndForManyPairs(int blocks, int shifts) {
    assertThat(coverage(new OrderPlan(blocks, shifts))).isBetween(0.93, 0.97);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void fallsShortForFewPairsWhoseMarginalsAreSkewed(int pairs) {
    assertThat(coverage(OrderPlan.independent(pairs))).isBetween(0.88, 0.95);
  }

  @Test
  void isNominalForTenPermutations() {
    assertThat(coverage(seed -> new PermutationShapley(10, (int) seed).attribute(GAME)))
        .isBetween(0.93, 0.97);
  }

  @ParameterizedTest
  @EnumSource
  void fallsShortForRegressionOfFewBlocksToo(Correction correction) {
    OrderPlan plan = OrderPlan.independent(8);

    assertThat(
            coverage(
                seed ->
                    new RegressionShapley(plan, plan, correction, new Seed(seed)).attribute(GAME)))
        .isBetween(0.9, 0.96);
  }
}
