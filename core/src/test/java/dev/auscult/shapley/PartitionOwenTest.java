package dev.auscult.shapley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.shapley.Hierarchy.Merge;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Against shap's own values, see conformance/shapley_estimators.py. */
class PartitionOwenTest {
  private static Hierarchy hierarchy(JsonNode merges) {
    List<Merge> read = new ArrayList<>();
    merges.forEach(pair -> read.add(new Merge(pair.get(0).intValue(), pair.get(1).intValue())));
    return new Hierarchy(read.size() + 1, read);
  }

  @Test
  void givesTheValuesOfShapsPartitionExplainer() {
    for (JsonNode run : Reference.ESTIMATORS.get("partition")) {
      PartitionOwen estimator =
          new PartitionOwen(
              hierarchy(run.get("merges")),
              run.get("evaluations").longValue(),
              run.get("batch").intValue());

      Attribution ours = estimator.attribute(Reference.game(10));

      double[] theirs = Reference.numbers(run.get("values"));
      for (int i = 0; i < 10; i++) {
        assertThat(ours.value(i))
            .as("player %d of %s", i, estimator)
            .isCloseTo(theirs[i], within(1e-12));
      }
    }
  }

  @Test
  void isTheOwenValueOfTwoUnionsOfTwoPlayers() {
    CooperativeGame game = Reference.game(4);

    Attribution ours =
        new PartitionOwen(Hierarchy.halves(2).beside(Hierarchy.halves(2)), 100, 2).attribute(game);

    double[] byDefinition = Games.meanMarginals(game, Games.ordersOfUnions(List.of(2, 2)));
    for (int i = 0; i < 4; i++) {
      assertThat(ours.value(i)).isCloseTo(byDefinition[i], within(1e-14));
      assertThat(ours.standardError(i)).isZero();
    }
  }

  @Property(tries = 60)
  void isEfficientWithinAnyBudget(
      @ForAll @IntRange(min = 1, max = 12) int players,
      @ForAll @IntRange(min = 2, max = 200) int evaluations,
      @ForAll @IntRange(min = 2, max = 12) int batch) {
    MemoisedGame game = new MemoisedGame(Games.of(players, c -> Math.tanh(c.hashCode() % 97)));

    Attribution attribution =
        new PartitionOwen(Hierarchy.halves(players), evaluations, batch).attribute(game);

    assertThat(attribution.efficiencyGap()).isCloseTo(0, within(1e-10));
    assertThat(game.asked()).isEqualTo(attribution.passes().image());
    assertThat(game.asked()).isLessThanOrEqualTo(evaluations);
  }

  @Test
  void doesNotKnowItsErrorWhereTheBudgetEnded() {
    Attribution cutShort =
        new PartitionOwen(Hierarchy.halves(10), 12, 2).attribute(Reference.game(10));

    assertThat(cutShort.standardError(0)).isNaN();
  }

  @Test
  void halvesTheLongerSideOfAGrid() {
    Hierarchy grid = Hierarchy.rectangle(2, 4);

    List<Coalition> members = grid.members();
    assertThat(members.get(grid.root())).isEqualTo(Coalition.full(8));
    Merge halves = grid.merge(grid.root());
    assertThat(members.get(halves.left())).isEqualTo(Coalition.of(8, 0, 1, 4, 5));
    assertThat(members.get(halves.right())).isEqualTo(Coalition.of(8, 2, 3, 6, 7));
  }

  @Test
  void joinsTwoHierarchiesAtTheTop() {
    Hierarchy joined = Hierarchy.rectangle(2, 2).beside(Hierarchy.halves(3));

    List<Coalition> members = joined.members();
    Merge sides = joined.merge(joined.root());
    assertThat(members.get(sides.left())).isEqualTo(Coalition.of(7, 0, 1, 2, 3));
    assertThat(members.get(sides.right())).isEqualTo(Coalition.of(7, 4, 5, 6));
  }

  @Test
  void refusesWhatIsNoTree() {
    assertThatThrownBy(() -> new Hierarchy(3, List.of(new Merge(0, 1), new Merge(1, 2))))
        .hasMessageContaining("merge 1 takes node 1");
    assertThatThrownBy(() -> new Hierarchy(3, List.of(new Merge(0, 1))))
        .hasMessageContaining("1 merges of 3 players");
  }
}
