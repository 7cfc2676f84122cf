package dev.auscult.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.metric.Estimate;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void anIntervalFollowsItsValue() {
    Estimate estimate = new Estimate(0.5, 0.1, 0.25, 0.75, 9);

    assertThat(Figures.interval(estimate)).isEqualTo("0.500 [0.250, 0.750]");
    assertThat(Figures.percents(estimate)).isEqualTo("50.0 % [25.0, 75.0]");
  }

  @Test
  void aFigureWithoutAnIntervalSaysSoOnce() {
    Estimate perfect = new Estimate(1, Double.NaN, Double.NaN, Double.NaN, 9);

    assertThat(Figures.interval(perfect)).isEqualTo("1.000 [NA]");
    assertThat(Figures.percents(perfect)).isEqualTo("100.0 % [NA]");
  }

  @Test
  void anUndefinedFigureHasNoInterval() {
    assertThat(Figures.interval(Estimate.undefined())).isEqualTo("NA");
    assertThat(Figures.percents(Estimate.undefined())).isEqualTo("NA");
  }

  @Test
  void zeroHasNoSign() {
    assertThat(Figures.decimal(-0.0001, 3)).isEqualTo("0.000");
    assertThat(Figures.signed(0.0001, 3)).isEqualTo("0.000");
    assertThat(Figures.signed(0.25, 2)).isEqualTo("+0.25");
  }
}
