package dev.auscult.shapley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Seed;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Owen values with the modalities as unions. */
class OwenTest {
  private static final BilinearGame GAME =
      new BilinearGame(Games.unstructured(4, 5, 21), Games.unstructured(3, 5, 22), 2);
  private static final double[] TRUTH =
      Games.meanMarginals(GAME, Games.ordersOfUnions(List.of(4, 3)));

  @Test
  void isExactOnceAllOrdersOfBothSidesAreUsed() {
    EncodedGame encoded =
        FactorisedShapleyTest.encoded(GAME, Games.allOrders(4), Games.allOrders(3));

    Attribution owen = encoded.owen();

    for (int i = 0; i < 7; i++) {
      assertThat(owen.value(i)).isCloseTo(TRUTH[i], within(1e-13));
    }
    double image = owen.values().subList(0, 4).stream().mapToDouble(v -> v).sum();
    double ofTwoPlayers =
        (encoded.imageOnlyValue()
                - encoded.emptyValue()
                + encoded.fullValue()
                - encoded.textOnlyValue())
            / 2;
    assertThat(image)
        .as("the image's value in the game of two players")
        .isCloseTo(ofTwoPlayers, within(1e-13));
  }

  @Test
  void samplesWithoutBias() {
    assertUnbiased(4000, seed -> new PermutationOwen(List.of(4, 3), 1, seed));
  }

  @Test
  void factorisedSamplesWithoutBias() {
    assertUnbiased(
        3000, seed -> new FactorisedOwen(OrderPlan.independent(2), OrderPlan.latin(8), seed));
  }

  private static void assertUnbiased(
      int runs, Function<Seed, ShapleyEstimator<? super BilinearGame>> estimator) {
    double[] mean = new double[7];
    double[] squares = new double[7];
    for (int seed = 0; seed < runs; seed++) {
      Attribution estimate = estimator.apply(new Seed(seed)).attribute(GAME);
      for (int i = 0; i < 7; i++) {
        mean[i] += estimate.value(i) / runs;
        squares[i] += estimate.value(i) * estimate.value(i) / runs;
      }
      assertThat(estimate.efficiencyGap()).isCloseTo(0, within(1e-10));
    }
    for (int i = 0; i < 7; i++) {
      double standardError = Math.sqrt((squares[i] - mean[i] * mean[i]) / runs);
      assertThat(mean[i]).isCloseTo(TRUTH[i], within(4 * standardError));
    }
  }

  @Test
  void keepsUnionsTogether() {
    for (Coalition coalition : new PermutationOwen(List.of(4, 3), 6, new Seed(1)).foreseen(7)) {
      int first = coalition.slice(0, 4).size();
      int second = coalition.slice(4, 3).size();
      assertThat(first == 0 || first == 4 || second == 0 || second == 3).isTrue();
    }
  }

  @Test
  void needsUnionsThatHoldAllPlayers() {
    assertThatThrownBy(() -> new PermutationOwen(List.of(4, 2), 1, new Seed(1)).attribute(GAME))
        .hasMessageContaining("unions of [4, 2] for 7 players");
  }
}
