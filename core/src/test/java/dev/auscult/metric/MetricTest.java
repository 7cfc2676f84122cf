package dev.auscult.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {
  @Test
  void ranksTheBestOfSeveralRelevantItems() {
    double[][] score = {{0.9, 0.1, 0.5}, {0.2, 0.3, 0.1}, {0.4, 0.6, 0.5}};
    boolean[][] relevant = {{false, true, true}, {false, true, false}, {true, false, false}};

    RetrievalRanks ranks = RetrievalRanks.of(3, 3, (q, i) -> score[q][i], (q, i) -> relevant[q][i]);

    assertThat(ranks.rank(0)).isEqualTo(2);
    assertThat(ranks.rank(1)).isEqualTo(1);
    assertThat(ranks.rank(2)).isEqualTo(3);
    assertThat(ranks.recallAt(1)).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(ranks.recallAt(2)).isCloseTo(2 / 3.0, within(1e-15));
    assertThat(ranks.recallAt(3)).isEqualTo(1);
    assertThat(ranks.meanReciprocalRank()).isCloseTo((0.5 + 1 + 1 / 3.0) / 3, within(1e-15));
    assertThat(ranks.median()).isEqualTo(2);
  }

  @Test
  void countsTiesAgainstTheRelevantItem() {
    RetrievalRanks ranks = RetrievalRanks.of(1, 10, (q, i) -> 1, (q, i) -> i == 0);

    assertThat(ranks.rank(0)).isEqualTo(10);
  }

  @Test
  void refusesQueriesThatNothingAnswers() {
    assertThatThrownBy(() -> RetrievalRanks.of(1, 3, (q, i) -> 1, (q, i) -> false))
        .hasMessageContaining("query 0 has no relevant item");
    assertThatThrownBy(() -> RetrievalRanks.of(1, 3, (q, i) -> Double.NaN, (q, i) -> true))
        .hasMessageContaining("not a number");
  }

  @Test
  void countsRightPredictions() {
    assertThat(Accuracy.of(List.of("a", "b", "a"), List.of("a", "a", "a")))
        .isCloseTo(2 / 3.0, within(1e-15));
    assertThat(Accuracy.of(List.of(), List.of())).isNaN();
    assertThatThrownBy(() -> Accuracy.of(List.of(1), List.of()))
        .hasMessageContaining("1 predictions for 0 truths");
  }

  @Test
  void knowsMeanAndSpread() {
    double[] values = {2, 4, 4, 4, 5, 5, 7, 9};

    assertThat(Moments.mean(values)).isEqualTo(5);
    assertThat(Moments.sd(values)).isCloseTo(Math.sqrt(32 / 7.0), within(1e-15));
    assertThat(Moments.mean(new double[0])).isNaN();
    assertThat(Moments.sd(new double[] {1})).isNaN();
  }

  @Test
  void turnsAnEstimateAroundWithItsInterval() {
    Estimate tscore = new Estimate(0.4, 0.1, 0.35, 0.5, 20);

    Estimate iscore = tscore.affine(-1, 1);

    assertThat(iscore.value()).isCloseTo(0.6, within(1e-15));
    assertThat(iscore.lo()).isCloseTo(0.5, within(1e-15));
    assertThat(iscore.hi()).isCloseTo(0.65, within(1e-15));
    assertThat(iscore.sd()).isEqualTo(0.1);
    assertThat(tscore.affine(2, -1).sd()).isEqualTo(0.2);
  }
}
