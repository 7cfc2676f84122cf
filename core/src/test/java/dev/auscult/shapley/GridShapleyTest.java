package dev.auscult.shapley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Seed;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GridShapleyTest {
  private static final GameSide IMAGE = Games.unstructured(5, 4, 31);
  private static final GameSide TEXT = Games.unstructured(4, 4, 32);
  private static final GameSide CANDIDATES = Games.unstructured(4, 12, 33);

  private static Attribution withAllOrders(GameSide text, JointScore score) {
    return GridShapley.attribute(
        EncodedOrders.encode(IMAGE, OrderPlan.independent(60), Games.allOrders(5)),
        EncodedOrders.encode(text, OrderPlan.independent(12), Games.allOrders(4)),
        score);
  }

  @Test
  void isExactForAnyScoreOnceAllOrdersAreUsed() {
    List<JointScore> scores =
        List.of(
            new JointScore.Product(3),
            new JointScore.Sigmoid(2, -1),
            new JointScore.Softmax(1.5, 1, 3));
    for (JointScore score : scores) {
      GameSide text = score instanceof JointScore.Softmax ? CANDIDATES : TEXT;

      Attribution grid = withAllOrders(text, score);

      Attribution exact = new ExactShapley().attribute(new JointGame(IMAGE, text, score));
      for (int i = 0; i < 9; i++) {
        assertThat(grid.value(i)).as("%s", score).isCloseTo(exact.value(i), within(1e-12));
      }
      assertThat(grid.fullValue()).isEqualTo(exact.fullValue());
      assertThat(grid.emptyValue()).isEqualTo(exact.emptyValue());
    }
  }

  @Test
  void agreesWithTheClosedFormOfABilinearScore() {
    BilinearGame game =
        new BilinearGame(Games.encoderLike(12, 8, 1), Games.encoderLike(7, 8, 2), 50);
    FactorisedShapley closed =
        new FactorisedShapley(OrderPlan.latin(8), OrderPlan.latin(8), new Seed(3));

    Attribution grid =
        new GridShapley(closed.image(), closed.text(), closed.seed())
            .attribute(new JointGame(game.image(), game.text(), new JointScore.Product(50)));

    Attribution expected = closed.attribute(game);
    for (int i = 0; i < 19; i++) {
      assertThat(grid.value(i)).isCloseTo(expected.value(i), within(1e-11));
      assertThat(grid.standardError(i)).isCloseTo(expected.standardError(i), within(1e-11));
    }
    assertThat(grid.passes()).isEqualTo(expected.passes());
  }

  @Test
  void standardErrorsMatchTheSpreadOfASigmoidScore() {
    JointGame game =
        new JointGame(
            Games.encoderLike(7, 8, 5), Games.encoderLike(5, 8, 6), new JointScore.Sigmoid(8, -2));
    Attribution truth = new ExactShapley().attribute(game);
    double claimed = 0;
    double real = 0;
    for (int seed = 0; seed < 400; seed++) {
      Attribution estimate =
          new GridShapley(new OrderPlan(4, 1), new OrderPlan(4, 1), new Seed(seed)).attribute(game);
      for (int i = 0; i < 12; i++) {
        real += Math.pow(estimate.value(i) - truth.value(i), 2);
        claimed += Math.pow(estimate.standardError(i), 2);
      }
    }

    assertThat(claimed / real).as("claimed over real variance").isBetween(0.85, 1.3);
  }

  @Property(tries = 20)
  void distributesExactlyTheGainOfTheFullCoalition(
      @ForAll @IntRange(min = 0, max = 12) int nI,
      @ForAll @IntRange(min = 0, max = 8) int nT,
      @ForAll long seed) {
    JointGame game =
        new JointGame(
            Games.encoderLike(nI, 6, seed),
            Games.encoderLike(nT, 6, seed + 1),
            new JointScore.Sigmoid(10, -3));

    Attribution attribution =
        new GridShapley(OrderPlan.latin(8), OrderPlan.latin(4), new Seed(seed)).attribute(game);

    assertThat(attribution.efficiencyGap()).isCloseTo(0, within(1e-10));
  }

  @Test
  void knowsItsCandidates() {
    assertThatThrownBy(() -> new JointScore.Softmax(1, 3, 3))
        .hasMessageContaining("candidate 3 of 3");
  }
}
