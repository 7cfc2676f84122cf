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

  /** SigLIP's loss (Zhai 2023, section 3.1), the mean over images, of a small case. */
  @Test
  void sigmoidProbabilitiesGiveTheKnownLossOfSiglip() {
    double[][] cosines = {{.8, 0, 1}, {.6, 1, 0}, {.96, .8, .6}};
    double loss = 0;
    for (int image = 0; image < 3; image++) {
      double[] fits = ScoreFunction.sigmoid(10, -10).probabilities(cosines[image]);
      for (int text = 0; text < 3; text++) {
        loss -= Math.log(image == text ? fits[text] : 1 - fits[text]) / 3;
      }
    }

    assertThat(loss).isCloseTo(2.7298520964, within(1e-9));
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
