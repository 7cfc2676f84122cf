package dev.auscult.shapley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactShapleyTest {
  private static final ExactShapley EXACT = new ExactShapley();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithTheMeanOverAllOrders(int players) {
    BilinearGame game =
        new BilinearGame(
            Games.unstructured(players / 2, 3, 1),
            Games.unstructured(players - players / 2, 3, 2),
            2);

    Attribution exact = EXACT.attribute(game);

    double[] truth = Games.meanMarginals(game, Games.allOrders(players));
    for (int i = 0; i < players; i++) {
      assertThat(exact.value(i)).isCloseTo(truth[i], within(1e-12));
      assertThat(exact.standardError(i)).isZero();
    }
  }

  @Test
  void splitsAUnanimityGameEvenlyAmongItsCarriers() {
    Attribution attribution =
        EXACT.attribute(Games.of(10, c -> c.contains(1) && c.contains(4) && c.contains(9) ? 6 : 0));

    for (int i = 0; i < 10; i++) {
      boolean carrier = i == 1 || i == 4 || i == 9;
      assertThat(attribution.value(i)).isCloseTo(carrier ? 2 : 0, within(1e-14));
    }
  }

  @Test
  void knowsTheGloveGame() {
    Attribution attribution =
        EXACT.attribute(
            Games.of(3, c -> c.contains(0) && (c.contains(1) || c.contains(2)) ? 1 : 0));

    assertThat(attribution.value(0)).isCloseTo(2 / 3.0, within(1e-15));
    assertThat(attribution.value(1)).isCloseTo(1 / 6.0, within(1e-15));
    assertThat(attribution.value(2)).isCloseTo(1 / 6.0, within(1e-15));
  }

  @Test
  void enumeratesTwentyPlayersButNotMore() {
    Attribution attribution = EXACT.attribute(Games.of(20, c -> c.size() * c.size()));

    assertThat(attribution.value(7)).isCloseTo(20, within(1e-11));
    assertThat(attribution.efficiencyGap()).isCloseTo(0, within(1e-10));
    assertThatThrownBy(() -> EXACT.attribute(Games.of(21, Coalition::size)))
        .hasMessageContaining("21 players")
        .hasMessageContaining("20");
  }

  @Test
  void givesNothingToNobody() {
    Attribution attribution = EXACT.attribute(Games.of(0, c -> 5));

    assertThat(attribution.players()).isZero();
    assertThat(attribution.fullValue()).isEqualTo(5);
    assertThat(attribution.efficiencyGap()).isZero();
  }
}
