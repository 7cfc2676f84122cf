package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScoreFunctionTest {
  @Test
  void letsCandidatesCompeteUnderASoftmax() {
    double[] shares = ScoreFunction.softmax(10).probabilities(new double[] {.3, .1, -.2});

    double sum = Math.exp(3) + Math.exp(1) + Math.exp(-2);
    assertThat(shares)
        .containsExactly(
            new double[] {Math.exp(3) / sum, Math.exp(1) / sum, Math.exp(-2) / sum}, within(1e-15));
  }

  @Test
  void judgesEachCandidateAloneUnderASigmoid() {
    double[] shares = ScoreFunction.sigmoid(10, -1).probabilities(new double[] {.3, .1, -100});

    assertThat(shares)
        .containsExactly(
            new double[] {1 / (1 + Math.exp(-2)), .5, 1 / (1 + Math.exp(1001))}, within(1e-15));
    assertThat(ScoreFunction.sigmoid(10, -1).of(.3)).isCloseTo(2, within(1e-15));
  }

  @Test
  void survivesScoresTooLargeToExponentiate() {
    assertThat(ScoreFunction.softmax(1e4).probabilities(new double[] {1, -1}))
        .containsExactly(1, 0);
  }

  @Test
  void refusesScalesThatAreNoNumbers() {
    assertThatThrownBy(() -> ScoreFunction.softmax(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
