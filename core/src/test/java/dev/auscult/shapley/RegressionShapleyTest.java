package dev.auscult.shapley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Seed;
import dev.auscult.shapley.RegressionShapley.Correction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Over many seeds on a game whose exact values are known. */
class RegressionShapleyTest {
  private static final int N_I = 7;
  private static final int N_T = 5;
  private static final BilinearGame GAME =
      new BilinearGame(Games.encoderLike(N_I, 8, 31), Games.encoderLike(N_T, 8, 32), 20);
  private static final Attribution TRUTH = new ExactShapley().attribute(GAME);

  private static Attribution run(OrderPlan plan, Correction correction, long seed) {
    return new RegressionShapley(plan, plan, correction, new Seed(seed)).attribute(GAME);
  }

  @ParameterizedTest
  @EnumSource
  void isUnbiasedThoughTheSurrogateIsNot(Correction correction) {
    int runs = 1500;
    double[] sum = new double[N_I + N_T];
    double[] squares = new double[N_I + N_T];
    for (int seed = 0; seed < runs; seed++) {
      Attribution attribution = run(new OrderPlan(3, 1), correction, seed);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += attribution.value(i);
        squares[i] += attribution.value(i) * attribution.value(i);
      }
    }

    for (int i = 0; i < sum.length; i++) {
      double mean = sum[i] / runs;
      double standardError = Math.sqrt((squares[i] / runs - mean * mean) / runs);
      assertThat(Math.abs(mean - TRUTH.value(i)) / standardError)
          .as("player %d: z of the bias over %d runs", i, runs)
          .isLessThan(4);
    }
  }

  @ParameterizedTest
  @EnumSource
  void distributesExactlyTheGainOfTheFullCoalition(Correction correction) {
    for (int[] players : new int[][] {{49, 17}, {6, 1}, {1, 1}, {0, 5}, {4, 0}, {0, 0}}) {
      BilinearGame game =
          new BilinearGame(
              Games.encoderLike(players[0], 6, 1), Games.encoderLike(players[1], 6, 2), 20);
      OrderPlan plan = new OrderPlan(4, 2);

      Attribution attribution =
          new RegressionShapley(plan, plan, correction, new Seed(5)).attribute(game);

      double gain = players[0] + players[1] == 0 ? 0 : attribution.efficiencyGap();
      assertThat(gain).isCloseTo(0, within(1e-10));
    }
  }

  @Test
  void theSurrogateOfAGameThatAddsUpIsTheGame() {
    double[] worth = {0.5, -2, 3, 0.25};
    GameSide adding =
        Games.side(
            4,
            1,
            coalition -> {
              double sum = 0.5 * coalition.size() * coalition.size();
              for (int i = 0; i < 4; i++) {
                sum += coalition.contains(i) ? worth[i] : 0;
              }
              return new float[] {(float) sum};
            });
    List<Order> all = Games.allOrders(4);
    EncodedOrders orders = EncodedOrders.encode(adding, OrderPlan.independent(12), all);
    AdditiveSide surrogate =
        AdditiveSide.fit(orders, java.util.stream.IntStream.range(0, 24).boxed().toList());

    double[] phi = surrogate.shapley(new double[][] {{1}, {1}, {1}, {1}});

    // The ridge pulls differences between players towards 0, by a ninth here.
    for (int i = 0; i < 4; i++) {
      assertThat(phi[i] - phi[0]).isCloseTo((worth[i] - worth[0]) * 0.9, within(0.05));
    }
    assertThat(java.util.Arrays.stream(phi).sum()).isCloseTo(8 + 1.75, within(1e-6));
  }

  @Test
  void marginalsErrLessThanFactorisedOnceThereAreBlocksToFit() {
    OrderPlan plan = new OrderPlan(8, 1);
    double factorised = 0;
    double adjusted = 0;
    for (int seed = 0; seed < 300; seed++) {
      factorised += error(new FactorisedShapley(plan, plan, new Seed(seed)).attribute(GAME));
      adjusted += error(run(plan, Correction.MARGINALS, seed));
    }

    assertThat(factorised / adjusted).isGreaterThan(1.05);
  }

  private static double error(Attribution attribution) {
    double error = 0;
    for (int i = 0; i < attribution.players(); i++) {
      error += Math.pow(attribution.value(i) - TRUTH.value(i), 2);
    }
    return error;
  }

  @ParameterizedTest
  @EnumSource
  void standardErrorsMatchTheSpread(Correction correction) {
    double claimed = 0;
    double real = 0;
    for (int seed = 0; seed < 600; seed++) {
      Attribution attribution = run(new OrderPlan(8, 1), correction, 90_000 + seed);
      real += error(attribution);
      for (double se : attribution.standardErrors()) {
        claimed += se * se;
      }
    }
    assertThat(claimed / real).as("claimed over real variance").isBetween(0.85, 1.2);
  }

  @Test
  void refusesASingleBlock() {
    assertThatThrownBy(
            () ->
                new RegressionShapley(
                    new OrderPlan(1, 4), new OrderPlan(2, 1), Correction.MARGINALS, new Seed(1)))
        .hasMessageContaining("1 and 2 blocks");
  }
}
