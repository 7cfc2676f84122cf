package dev.auscult.shapley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Against shap's own values, see conformance/shapley_orders.py. */
class PermutationShapleyTest {
  private static final JsonNode SHAP = Reference.SHAP;

  private static CooperativeGame game() {
    return Reference.game(10);
  }

  @Test
  void shufflesAsNumPyDoes() {
    for (JsonNode drawn : SHAP.get("orders")) {
      LegacyShuffle shuffle =
          new LegacyShuffle(drawn.get("players").intValue(), (int) drawn.get("seed").longValue());
      for (JsonNode expected : drawn.get("orders")) {
        assertThat(shuffle.next()).hasToString(expected.toString().replace(",", ", "));
      }
    }
  }

  @Test
  void beginsWithThePublishedOrdersOfSeedZero() {
    LegacyShuffle shuffle = new LegacyShuffle(12, 0);

    assertThat(shuffle.next()).isEqualTo(Order.of(6, 11, 4, 10, 2, 8, 1, 7, 9, 3, 0, 5));
    assertThat(shuffle.next()).isEqualTo(Order.of(8, 4, 10, 2, 3, 6, 5, 7, 1, 11, 0, 9));
  }

  @Test
  void givesTheValuesOfShapsPermutationExplainer() {
    for (JsonNode run : SHAP.get("permutation")) {
      int permutations = run.get("permutations").intValue();
      Attribution ours =
          new PermutationShapley(permutations, run.get("seed").intValue()).attribute(game());

      for (int i = 0; i < 10; i++) {
        double theirs = run.get("values").get(i).doubleValue();
        assertThat(ours.value(i)).isCloseTo(theirs, within(1e-12));
      }
      assertThat(ours.efficiencyGap()).isCloseTo(0, within(1e-12));
    }
  }

  @Test
  void exactEnumerationGivesTheValuesOfShapsExactExplainer() {
    Attribution ours = new ExactShapley().attribute(game());

    for (int i = 0; i < 10; i++) {
      assertThat(ours.value(i)).isCloseTo(SHAP.get("exact").get(i).doubleValue(), within(1e-12));
    }
  }

  @Test
  void paysForEveryEvaluationThatShapPaysFor() {
    List<Integer> batches = new ArrayList<>();
    CooperativeGame counting =
        new CooperativeGame() {
          @Override
          public int players() {
            return 10;
          }

          @Override
          public double[] values(List<Coalition> coalitions) {
            batches.add(coalitions.size());
            return new double[coalitions.size()];
          }
        };

    Attribution attribution = new PermutationShapley(3, 0).attribute(counting);

    assertThat(batches).containsExactly(21, 21, 21);
    assertThat(attribution.passes()).isEqualTo(new Passes(63, 63));
  }

  @Test
  void foreseesExactlyWhatItAsks() {
    MemoisedGame memoised = new MemoisedGame(game());
    PermutationShapley estimator = new PermutationShapley(3, 5);

    memoised.values(estimator.foreseen(10));
    long valued = memoised.valued();
    estimator.attribute(memoised);

    assertThat(memoised.valued()).isEqualTo(valued);
    assertThat(memoised.asked()).isEqualTo(2 * 63);
  }

  @Test
  void givesTheSameValuesToPlayersUnderOtherNumbers() {
    Attribution textFirst =
        Renumbered.textFirst(new PermutationShapley(2, 7), 6, 4).attribute(game());

    CooperativeGame asShapSeesIt =
        Games.of(
            10,
            coalition -> {
              Coalition seen = Coalition.empty(10);
              for (int i = 0; i < 10; i++) {
                if (coalition.contains(i)) {
                  seen = seen.with(i < 4 ? 6 + i : i - 4);
                }
              }
              return game().values(List.of(seen))[0];
            });
    Attribution theirs = new PermutationShapley(2, 7).attribute(asShapSeesIt);
    for (int i = 0; i < 10; i++) {
      assertThat(textFirst.value(i < 4 ? 6 + i : i - 4)).isEqualTo(theirs.value(i));
      assertThat(textFirst.standardError(i < 4 ? 6 + i : i - 4)).isEqualTo(theirs.standardError(i));
    }
  }

  @Test
  void knowsNoErrorFromASinglePermutation() {
    assertThat(new PermutationShapley(1, 0).attribute(game()).standardError(0)).isNaN();
    assertThat(new PermutationShapley(2, 0).attribute(game()).standardError(0)).isPositive();
  }
}
