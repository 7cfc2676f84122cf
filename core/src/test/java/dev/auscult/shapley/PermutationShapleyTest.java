package dev.auscult.shapley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against shap's own values, see conformance/shapley_orders.py. */
class PermutationShapleyTest {
  private static final JsonNode SHAP = fixture();

  private static JsonNode fixture() {
    try (InputStream in = PermutationShapleyTest.class.getResourceAsStream("shap.json")) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in, "shap.json"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static CooperativeGame game() {
    JsonNode table = SHAP.get("game");
    return Games.of(
        10,
        coalition -> {
          int mask = 0;
          for (int i = 0; i < 10; i++) {
            mask |= coalition.contains(i) ? 1 << i : 0;
          }
          return table.get(mask).doubleValue();
        });
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
  void knowsNoErrorFromASinglePermutation() {
    assertThat(new PermutationShapley(1, 0).attribute(game()).standardError(0)).isNaN();
    assertThat(new PermutationShapley(2, 0).attribute(game()).standardError(0)).isPositive();
  }
}
