package dev.auscult.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Seed;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds of every ranking, whatever the data. */
class RankingPropertiesTest {
  private static final int TRIES = 200;

  /** Scores on a coarse grid, so that ties are frequent. */
  private record Drawn(java.util.List<Double> scores, java.util.List<Boolean> truth) {
    static Drawn of(long seed, int n) {
      SplittableRandom random = new Seed(seed).random();
      return new Drawn(
          random.ints(n, 0, 12).mapToObj(i -> i / 11.0).toList(),
          random.ints(n, 0, 3).mapToObj(i -> i == 0).toList());
    }

    double[] array() {
      return scores.stream().mapToDouble(Double::doubleValue).toArray();
    }

    boolean[] positive() {
      boolean[] positive = new boolean[truth.size()];
      for (int i = 0; i < positive.length; i++) {
        positive[i] = truth.get(i);
      }
      return positive;
    }
  }

  @Property(tries = TRIES)
  void theAreaIsTheShareOfPairsInOrder(@ForAll long seed, @ForAll @IntRange(max = 40) int n) {
    Drawn drawn = Drawn.of(seed, n);
    double[] score = drawn.array();
    boolean[] positive = drawn.positive();
    double pairs = 0;
    double ordered = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (positive[i] && !positive[j]) {
          pairs++;
          ordered += score[i] > score[j] ? 1 : score[i] == score[j] ? 0.5 : 0;
        }
      }
    }

    assertThat(Ranking.of(score, positive).auroc()).isCloseTo(ordered / pairs, within(1e-12));
  }

  @Property(tries = TRIES)
  void monotoneMapsChangeNothing(@ForAll long seed, @ForAll @IntRange(min = 2, max = 60) int n) {
    Drawn drawn = Drawn.of(seed, n);
    double[] mapped = Arrays.stream(drawn.array()).map(s -> Math.exp(3 * s) - 7).toArray();

    Multiplicities once = Multiplicities.once(n);
    assertThat(Ranking.of(mapped, drawn.positive()).figures(once, 0.9))
        .isEqualTo(Ranking.of(drawn.array(), drawn.positive()).figures(once, 0.9));
  }

  @Property(tries = TRIES)
  void exchangedClassesGiveTheComplement(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 60) int n) {
    Drawn drawn = Drawn.of(seed, n);
    boolean[] positive = drawn.positive();
    boolean[] negative = new boolean[n];
    for (int i = 0; i < n; i++) {
      negative[i] = !positive[i];
    }

    assertThat(Ranking.of(drawn.array(), positive).auroc())
        .isCloseTo(1 - Ranking.of(drawn.array(), negative).auroc(), within(1e-12));
  }

  @Property(tries = TRIES)
  void theOrderOfRowsDoesNotMatter(@ForAll long seed, @ForAll @IntRange(min = 2, max = 60) int n) {
    Drawn drawn = Drawn.of(seed, n);
    double[] score = drawn.array();
    boolean[] positive = drawn.positive();
    double[] turned = new double[n];
    boolean[] turnedPositive = new boolean[n];
    for (int i = 0; i < n; i++) {
      turned[i] = score[n - 1 - i];
      turnedPositive[i] = positive[n - 1 - i];
    }

    Multiplicities once = Multiplicities.once(n);
    assertThat(Ranking.of(turned, turnedPositive).figures(once, 0.9))
        .isEqualTo(Ranking.of(score, positive).figures(once, 0.9));
  }

  @Property(tries = TRIES)
  void aWeightIsAsGoodAsARepetition(@ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int n) {
    Drawn drawn = Drawn.of(seed, n);
    Multiplicities weights = Multiplicities.drawn(n, new Seed(seed).derive("weights").random());
    double[] score = drawn.array();
    boolean[] positive = drawn.positive();
    double[] repeated = new double[n];
    boolean[] repeatedPositive = new boolean[n];
    int to = 0;
    for (int i = 0; i < n; i++) {
      for (int copy = 0; copy < weights.of(i); copy++) {
        repeated[to] = score[i];
        repeatedPositive[to++] = positive[i];
      }
    }

    assertThat(to).isEqualTo(n);
    assertThat(Ranking.of(score, positive).figures(weights, 0.9))
        .isEqualTo(Ranking.of(repeated, repeatedPositive).figures(Multiplicities.once(n), 0.9));
  }

  @Property(tries = TRIES)
  void figuresAreSharesOrUndefined(@ForAll long seed, @ForAll @IntRange(max = 30) int n) {
    Drawn drawn = Drawn.of(seed, n);
    Ranking ranking = Ranking.of(drawn.array(), drawn.positive());
    RankingFigures figures = ranking.figures(Multiplicities.once(n), 0.95);

    if (ranking.positives() == 0 || ranking.positives() == n) {
      assertThat(figures).isEqualTo(RankingFigures.UNDEFINED);
    } else {
      assertThat(figures.auroc()).isBetween(0.0, 1.0);
      assertThat(figures.averagePrecision()).isBetween(0.0, 1.0);
      assertThat(figures.sensitivity()).isBetween(0.0, 1.0);
    }
  }
}
