package dev.auscult.shapley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Against NumPy's and shap's own values, see conformance/shapley_estimators.py. */
class KernelShapleyTest {

  @Test
  void drawsAsNumPyDoes() {
    for (JsonNode drawn : Reference.ESTIMATORS.get("random")) {
      LegacyRandom random = new LegacyRandom((int) drawn.get("seed").longValue());

      int[] chosen = random.choice(Reference.numbers(drawn.get("weights")), 12);

      assertThat(Arrays.toString(chosen).replace(" ", ""))
          .isEqualTo(drawn.get("choice").toString());
      assertThat(Arrays.toString(random.permutation(11)).replace(" ", ""))
          .isEqualTo(drawn.get("permutation").toString());
    }
  }

  @Test
  void givesTheValuesOfShapsKernelExplainer() {
    for (JsonNode run : Reference.ESTIMATORS.get("kernel")) {
      int players = run.get("players").intValue();
      KernelShapley estimator =
          new KernelShapley(run.get("samples").longValue(), run.get("seed").intValue());

      Attribution ours = estimator.attribute(Reference.game(players));

      double[] theirs = Reference.numbers(run.get("values"));
      for (int i = 0; i < players; i++) {
        assertThat(ours.value(i))
            .as("player %d of %s", i, estimator)
            .isCloseTo(theirs[i], within(1e-9)); // both solve a system of condition about 1e2
      }
      assertThat(ours.efficiencyGap()).isCloseTo(0, within(1e-10));
    }
  }

  @Test
  void isExactWhenItCanEnumerateAllCoalitions() {
    Attribution ours = new KernelShapley(1022, 0).attribute(Reference.game(10));

    double[] shapiq = Reference.numbers(Reference.ESTIMATORS.get("kernel_full"));
    for (int i = 0; i < 10; i++) {
      // shapiq replaces the constraint by weights of 1e6 on nobody and everybody
      assertThat(ours.value(i)).isCloseTo(shapiq[i], within(1e-6));
      assertThat(ours.value(i))
          .isCloseTo(new ExactShapley().attribute(Reference.game(10)).value(i), within(1e-9));
      assertThat(ours.standardError(i)).isZero();
    }
  }

  @Property(tries = 40)
  void neverSpendsMoreThanItsBudget(
      @ForAll @IntRange(min = 2, max = 40) int players,
      @ForAll @IntRange(min = 0, max = 500) int extra,
      @ForAll int seed) {
    MemoisedGame game = new MemoisedGame(Games.of(players, c -> c.size() + Math.sqrt(c.size())));
    long evaluations = KernelShapley.least(players) + extra;

    Attribution attribution = new KernelShapley(evaluations, seed).attribute(game);

    assertThat(game.asked()).isLessThanOrEqualTo(evaluations + 2);
    assertThat(attribution.passes().image()).isEqualTo(game.asked());
    assertThat(attribution.efficiencyGap()).isCloseTo(0, within(1e-10));
  }

  @Test
  void needsEnoughEvaluationsToDetermineTheValues() {
    assertThatThrownBy(() -> new KernelShapley(19, 0).attribute(Reference.game(10)))
        .hasMessageContaining("19 evaluations; 10 players need at least 20");
    assertThat(KernelShapley.least(3)).isEqualTo(6);
  }

  @Test
  void givesAllToASinglePlayerAndNothingToNobody() {
    KernelShapley estimator = new KernelShapley(5, 0);

    assertThat(estimator.attribute(Games.of(1, c -> c.size() * 7)).values()).containsExactly(7.0);
    assertThat(estimator.attribute(Games.of(0, c -> 7)).values()).isEmpty();
  }

  @Test
  void intervalsCoverAtTheirNominalRate() {
    CooperativeGame game =
        Games.of(
            20,
            c -> {
              double sum = 0;
              for (int i = 0; i < 20; i++) {
                sum += c.contains(i) ? Math.sin(i + 1) : 0;
              }
              return Math.tanh(sum) + 0.3 * sum * sum;
            });
    Attribution truth = new ExactShapley().attribute(game);
    int covered = 0;
    int runs = 0;
    for (int seed = 0; seed < 200; seed++) {
      Attribution estimate = new KernelShapley(300, seed).attribute(game);
      for (int player : List.of(2, 9, 16)) {
        Uncertain value = estimate.jackknife(v -> v[player]);
        covered += Math.abs(value.value() - truth.value(player)) <= value.margin(0.95) ? 1 : 0;
        runs++;
      }
    }

    assertThat(covered / (double) runs).as("coverage of nominal 95 %%").isBetween(0.91, 0.985);
  }
}
