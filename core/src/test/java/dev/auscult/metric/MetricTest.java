package dev.auscult.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {
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
