package dev.auscult.shapley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeletionTest {
  /** {@code f(S) = 10 + sum of the players' worth}. */
  private static CooperativeGame additive(List<Double> worth) {
    return new AdditiveSurrogate(10, worth);
  }

  @Test
  void anAdditiveGameFallsByItsContributionsInTheirOrder() {
    List<Double> worth = List.of(1.0, 4.0, -1.0, 0.0);

    DeletionCurves curves = Deletion.of(worth, 4, 20).measure(additive(worth));

    assertThat(curves.removed()).containsExactly(0.0, 0.25, 0.5, 0.75, 1.0);
    assertThat(curves.mostFirst()).containsExactly(14.0, 10.0, 9.0, 9.0, 10.0);
    assertThat(curves.leastFirst()).containsExactly(14.0, 15.0, 15.0, 14.0, 10.0);
    assertThat(curves.gain()).isEqualTo(4);
    assertThat(curves.normalisedMostFirst()).containsExactly(1.0, 0.0, -0.25, -0.25, 0.0);
    assertThat(curves.normalisedLeastFirst()).containsExactly(1.0, 1.25, 1.25, 1.0, 0.0);
    // Means of neighbours: least first 4.0, most first 0.0, each of width 1/4.
    assertThat(curves.area()).isCloseTo((4.0 - 0.0) / 4, within(1e-15));
  }

  @Test
  void noOrderSeparatesAnAdditiveGameFurther() {
    List<Double> worth = new ArrayList<>(List.of(3.0, -2.0, 1.5, 0.25, -0.5, 2.0));
    double best = Deletion.of(worth, 4.25, 6).measure(additive(worth)).area();
    List<Double> misled = new ArrayList<>(worth);
    for (int trial = 0; trial < 50; trial++) {
      Collections.shuffle(misled, new Random(trial));
      double area = Deletion.of(misled, 4.25, 6).measure(additive(worth)).area();
      assertThat(area).isLessThanOrEqualTo(best + 1e-12);
    }
  }

  @Test
  void aScoreThatFallsWithEverybodyPresentIsSupportedByNegativeContributions() {
    List<Double> worth = List.of(-3.0, 1.0, -2.0);
    List<Double> opposite = worth.stream().map(value -> -value).toList();

    DeletionCurves falling = Deletion.of(worth, -4, 3).measure(additive(worth));
    DeletionCurves rising = Deletion.of(opposite, 4, 3).measure(additive(opposite));

    assertThat(falling.normalisedMostFirst()).isEqualTo(rising.normalisedMostFirst());
    assertThat(falling.area()).isEqualTo(rising.area()).isPositive();
  }

  @Test
  void aGameThatNeedsEverybodyFallsAtOnceInAnyOrder() {
    CooperativeGame unanimity = Games.of(5, s -> s.size() == 5 ? 1 : 0);

    DeletionCurves curves = Deletion.of(Collections.nCopies(5, 0.2), 1, 5).measure(unanimity);

    assertThat(curves.mostFirst()).containsExactly(1.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    assertThat(curves.leastFirst()).isEqualTo(curves.mostFirst());
    assertThat(curves.area()).isZero();
  }

  @Test
  void manyPlayersGoInEqualStepsAndTheEndsAreEverybodyAndNobody() {
    Deletion deletion = Deletion.of(Collections.nCopies(196, 1.0), 1, 20);

    assertThat(deletion.sizes()).hasSize(21).startsWith(0, 10, 20, 29).endsWith(186, 196);
    assertThat(deletion.mostFirst().get(0)).isEqualTo(Coalition.full(196));
    assertThat(deletion.leastFirst().get(20)).isEqualTo(Coalition.empty(196));
    for (int step = 0; step <= 20; step++) {
      assertThat(deletion.mostFirst().get(step).size()).isEqualTo(196 - deletion.sizes().get(step));
    }
    assertThat(deletion.coalitions()).doesNotHaveDuplicates().hasSize(40 - 19);
  }

  @Test
  void aScoreThatMaskingDoesNotChangeHasNoArea() {
    CooperativeGame constant = Games.of(3, s -> 7);

    assertThat(Deletion.of(List.of(0.0, 0.0, 0.0), 0, 3).measure(constant).area()).isNaN();
  }

  @Test
  void exactValuesOfAnEncoderLikeGameBeatTheirReverse() {
    CooperativeGame game =
        new BilinearGame(Games.encoderLike(6, 8, 1), Games.encoderLike(4, 8, 2), 20);
    Attribution exact = new ExactShapley().attribute(game);
    double gain = exact.fullValue() - exact.emptyValue();
    List<Double> reversed = exact.values().stream().map(phi -> -phi).toList();

    double area = Deletion.of(exact.values(), gain, 10).measure(game).area();

    assertThat(area).isPositive();
    assertThat(Deletion.of(reversed, gain, 10).measure(game).area())
        .isCloseTo(-area, within(1e-12));
  }

  @Test
  void refusesWhatCannotBeDeleted() {
    assertThatThrownBy(() -> Deletion.of(List.of(), 1, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 players");
    assertThatThrownBy(() -> new DeletionCurves(List.of(0.0, 1.0), List.of(1.0), List.of(1.0, 0.0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everySizeOfARandomCoalitionIsAsLikely() {
    List<Coalition> drawn = RandomCoalitions.draw(4, 20_000, new Seed(3));

    int[] sizes = new int[5];
    int[] present = new int[4];
    for (Coalition coalition : drawn) {
      sizes[coalition.size()]++;
      for (int player = 0; player < 4; player++) {
        present[player] += coalition.contains(player) ? 1 : 0;
      }
    }
    // Binomial standard deviations: 57 of 4000 and 71 of 10000; 4.5 of them.
    for (int count : sizes) {
      assertThat(count).isBetween(4000 - 255, 4000 + 255);
    }
    for (int count : present) {
      assertThat(count).isBetween(10_000 - 320, 10_000 + 320);
    }
    assertThat(RandomCoalitions.draw(4, 3, new Seed(3))).isEqualTo(drawn.subList(0, 3));
  }

  @Test
  void coalitionsOfTwoSidesJoinAndPartAgain() {
    Coalition image = Coalition.of(70, 0, 3, 69);
    Coalition text = Coalition.of(5, 1, 4);

    Coalition joint = image.followedBy(text);

    assertThat(joint).isEqualTo(Coalition.of(75, 0, 3, 69, 71, 74));
    assertThat(joint.slice(0, 70)).isEqualTo(image);
    assertThat(joint.slice(70, 5)).isEqualTo(text);
  }
}
