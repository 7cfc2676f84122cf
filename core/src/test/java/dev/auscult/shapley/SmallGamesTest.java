package dev.auscult.shapley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Enumeration, against shapiq's own values (conformance/shapley_estimators.py) and each other. */
class SmallGamesTest {
  @Test
  void givesShapiqsShapleyValues() {
    Attribution ours = new ExactShapley().attribute(Reference.game(10));

    double[] theirs = Reference.numbers(Reference.ESTIMATORS.get("shapley"));
    for (int i = 0; i < 10; i++) {
      assertThat(ours.value(i)).isCloseTo(theirs[i], within(1e-12));
    }
  }

  @Test
  void givesShapiqsInteractions() {
    double[][] ours = ExactInteractions.of(Reference.game(10));

    JsonNode theirs = Reference.ESTIMATORS.get("interactions");
    for (int i = 0; i < 10; i++) {
      for (int j = 0; j < 10; j++) {
        assertThat(ours[i][j]).isCloseTo(theirs.get(i).get(j).doubleValue(), within(1e-12));
      }
    }
  }

  @Test
  void interactionsOfTheTwoSidesAreThoseOfAllOrders() {
    BilinearGame game =
        new BilinearGame(Games.unstructured(5, 4, 1), Games.unstructured(3, 4, 2), 2);
    double[][] cross =
        FactorisedShapleyTest.encoded(game, Games.allOrders(5), Games.allOrders(3)).interactions();

    double[][] exact = ExactInteractions.of(game);

    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 3; j++) {
        assertThat(exact[i][5 + j]).isCloseTo(cross[i][j], within(1e-13));
      }
    }
  }

  @Test
  void enumeratesTheSidesOfABilinearGameByThemselves() {
    for (int[] players : new int[][] {{6, 5}, {1, 4}, {0, 3}, {4, 0}, {0, 0}}) {
      BilinearGame game =
          new BilinearGame(
              Games.unstructured(players[0], 6, 7), Games.unstructured(players[1], 6, 8), 3);

      Attribution bySides = new FactorisedExact().attribute(game);

      Attribution exact = new ExactShapley().attribute(game);
      for (int i = 0; i < game.players(); i++) {
        assertThat(bySides.value(i)).isCloseTo(exact.value(i), within(1e-12));
        assertThat(bySides.standardError(i)).isZero();
      }
      assertThat(bySides.efficiencyGap()).isCloseTo(0, within(1e-10));
      assertThat(bySides.passes()).isEqualTo(new Passes(1L << players[0], 1L << players[1]));
    }
  }

  @Test
  void enumeratesNoMoreThanItCan() {
    BilinearGame game =
        new BilinearGame(Games.unstructured(17, 2, 1), Games.unstructured(2, 2, 2), 1);

    assertThatThrownBy(() -> new FactorisedExact().attribute(game))
        .hasMessageContaining("17 players on a side");
    assertThatThrownBy(() -> ExactInteractions.of(game)).hasMessageContaining("19 players");
  }

  @Test
  void memoisedEstimatorsSpendDistinctCoalitionsOnly() {
    BilinearGame game =
        new BilinearGame(Games.encoderLike(9, 8, 1), Games.encoderLike(6, 8, 2), 10);
    PermutationShapley estimator = new PermutationShapley(2, 3);

    Attribution plain = estimator.attribute(game);
    Attribution memoised = new Memoised(estimator).attribute(game);

    assertThat(memoised.values()).isEqualTo(plain.values());
    assertThat(memoised.standardErrors()).isEqualTo(plain.standardErrors());
    assertThat(plain.passes()).isEqualTo(new Passes(62, 62));
    assertThat(memoised.passes().image()).isBetween(20L, 2 * 2 * 8L + 2);
    assertThat(memoised.passes().text()).isBetween(10L, 2 * 2 * 5L + 2);
  }

  @Test
  void remembersWhatItHasEncoded() {
    MemoisedSide side = new MemoisedSide(Games.unstructured(5, 3, 4));
    List<Coalition> asked =
        List.of(Coalition.of(5, 1), Coalition.of(5, 2), Coalition.of(5, 1), Coalition.empty(5));

    Vectors first = side.encode(asked);
    Vectors again = side.encode(List.of(Coalition.of(5, 2), Coalition.of(5, 1, 2)));

    assertThat(side.asked()).isEqualTo(6);
    assertThat(side.encoded()).isEqualTo(4);
    assertThat(again.vector(0)).isEqualTo(first.vector(1));
    assertThat(first.vector(2)).isEqualTo(first.vector(0));
  }

  @Test
  void everyEstimatorIsUnbiasedOrExactOnTheSameGame() {
    BilinearGame game =
        new BilinearGame(Games.encoderLike(4, 8, 41), Games.encoderLike(4, 8, 42), 10);
    Attribution truth = new ExactShapley().attribute(game);
    List<ShapleyEstimator<? super BilinearGame>> estimators =
        List.of(
            new PermutationShapley(400, 1),
            new KernelShapley(254, 1),
            new FactorisedShapley(OrderPlan.latin(400), OrderPlan.latin(400), new Seed(1)),
            new RegressionShapley(
                new OrderPlan(100, 2),
                new OrderPlan(100, 2),
                RegressionShapley.Correction.ALL_PLAYERS,
                new Seed(1)),
            new RegressionShapley(
                new OrderPlan(100, 2),
                new OrderPlan(100, 2),
                RegressionShapley.Correction.MARGINALS,
                new Seed(1)),
            new FactorisedExact(),
            new Memoised(new ExactShapley()));

    for (ShapleyEstimator<? super BilinearGame> estimator : estimators) {
      Attribution estimate = estimator.attribute(game);
      for (int i = 0; i < 8; i++) {
        assertThat(estimate.value(i))
            .as("%s", estimator)
            .isCloseTo(truth.value(i), within(5 * estimate.standardError(i) + 1e-9));
      }
    }
  }
}
