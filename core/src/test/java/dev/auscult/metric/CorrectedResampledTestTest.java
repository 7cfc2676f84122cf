package dev.auscult.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CorrectedResampledTestTest {
  private static final double[] DIFFERENCES = {0.02, 0.05, 0.01, 0.04, 0.03};

  /**
   * By hand: mean .03, variance 2.5e-4, error sqrt((1/5 + 1/4) * 2.5e-4) = .0106066, t = 2.8284271;
   * with 4 degrees of freedom the two-sided p has the closed form below.
   */
  @Test
  void theTestFollowsFromItsFormula() {
    CorrectedResampledTest found = CorrectedResampledTest.of(DIFFERENCES, 0.25);

    assertThat(found.mean()).isCloseTo(0.03, within(1e-15));
    assertThat(found.standardError()).isCloseTo(Math.sqrt(0.45 * 2.5e-4), within(1e-15));
    double t = 0.03 / Math.sqrt(0.45 * 2.5e-4);
    double x = t / Math.sqrt(4 + t * t);
    double cumulative = 0.5 + 0.75 * (x - x * x * x / 3);
    assertThat(found.p()).isCloseTo(2 * (1 - cumulative), within(1e-12));
  }

  @Test
  void moreTestDataPerTrainingDataMakeItLessSure() {
    assertThat(CorrectedResampledTest.of(DIFFERENCES, 2).p())
        .isGreaterThan(CorrectedResampledTest.of(DIFFERENCES, 0.1).p());
  }

  @Test
  void differencesWithoutSpreadHaveNoTest() {
    assertThat(CorrectedResampledTest.of(new double[] {0, 0, 0}, 0.2).p()).isEqualTo(1);
    assertThat(CorrectedResampledTest.of(new double[] {0.5, 0.5}, 0.2).p()).isNaN();
    assertThat(CorrectedResampledTest.of(new double[] {0.5}, 0.2).p()).isNaN();
  }

  @Test
  void aTestSetOfNothingIsRefused() {
    assertThatThrownBy(() -> CorrectedResampledTest.of(DIFFERENCES, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
