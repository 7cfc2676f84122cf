package dev.auscult.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DeterminationTest {
  @Test
  void isOneForAnExactPredictionAndZeroForTheMean() {
    double[] values = {1, 2, 4, 9};

    assertThat(Determination.rSquared(values, values)).isEqualTo(1);
    assertThat(Determination.rSquared(values, new double[] {4, 4, 4, 4})).isZero();
  }

  /** {@code sklearn.metrics.r2_score([3, -0.5, 2, 7], [2.5, 0.0, 2, 8])} of its documentation. */
  @Test
  void agreesWithScikitLearn() {
    double r2 = Determination.rSquared(new double[] {3, -0.5, 2, 7}, new double[] {2.5, 0.0, 2, 8});

    assertThat(r2).isCloseTo(0.9486081370449679, within(1e-15));
  }

  @Test
  void isBelowZeroForAPredictionWorseThanTheMean() {
    assertThat(Determination.rSquared(new double[] {1, 3}, new double[] {3, 1})).isEqualTo(-3);
  }

  @Test
  void isUndefinedWhereNothingVaries() {
    assertThat(Determination.rSquared(new double[] {2, 2}, new double[] {2, 3})).isNaN();
    assertThatThrownBy(() -> Determination.rSquared(new double[2], new double[1]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
