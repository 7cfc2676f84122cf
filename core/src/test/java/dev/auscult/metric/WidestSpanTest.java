package dev.auscult.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.metric.WidestSpan.Place;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gaps between the means of groups whose true means are known. */
class WidestSpanTest {
  private static final int TRIALS = 200;
  private static final int N = 240;
  private static final int GROUPS = 4;

  /** The mean of each group of observations {@code i % GROUPS}. */
  private static double[] means(double[] values, Multiplicities weights) {
    double[] sums = new double[GROUPS];
    int[] counts = new int[GROUPS];
    for (int i = 0; i < values.length; i++) {
      sums[i % GROUPS] += weights.of(i) * values[i];
      counts[i % GROUPS] += weights.of(i);
    }
    return IntStream.range(0, GROUPS).mapToDouble(g -> sums[g] / counts[g]).toArray();
  }

  private static Estimate gap(long seed, double[] shift) {
    SplittableRandom random = new Seed(seed).random();
    double[] values =
        IntStream.range(0, N)
            .mapToDouble(i -> 0.1 * (random.nextGaussian() + shift[i % GROUPS]))
            .toArray();
    ResampledFigures resampled =
        ResampledFigures.of(
            new Bootstrap(Bootstrap.Kind.BCA, 200, 0.95, new Seed(seed)),
            N,
            1,
            Progress.NONE,
            weights -> means(values, weights));
    double[] observed = resampled.observed();
    List<Place> places =
        IntStream.range(0, GROUPS)
            .mapToObj(
                g ->
                    new Place(
                        g,
                        observed[g],
                        resampled.standardError(figures -> figures[g]),
                        Deviation.of(g, observed[g])))
            .toList();
    WidestSpan span = new WidestSpan(List.of(places), Deviation.tolerance(N));
    return resampled.estimate(span.value(), span.deviation(), ResampledFigures.Range.SHARE, N);
  }

  /** A gap of the data is never 0, a true one may be. */
  @ParameterizedTest
  @CsvSource({"0, 0, 0, 0", "0, 0, 0, 1", "0, 1, 0, 1", "0, 0.1, 0.2, 0.3", "0, 0.3, 0.6, 2"})
  void intervalsCoverTheTrueGap(double a, double b, double c, double d) {
    double[] shift = {a, b, c, d};
    double truth = 0.1 * (Math.max(Math.max(a, b), Math.max(c, d)) - a);
    int covered = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      Estimate gap = gap(trial, shift);
      assertThat(gap.value()).isBetween(gap.lo(), gap.hi());
      covered += gap.lo() <= truth && truth <= gap.hi() ? 1 : 0;
    }

    // The standard error of a rate of 0.95 from 200 trials is 0.015; intervals may be too wide.
    assertThat(covered / (double) TRIALS).isGreaterThan(0.91);
  }

  private static Place place(int group, double value) {
    return new Place(group, value, 0.01, Deviation.of(group, value));
  }

  @Test
  void theWidestSpanCountsAndUndefinedFiguresDoNot() {
    WidestSpan span =
        new WidestSpan(
            List.of(
                List.of(place(0, 0.5), place(1, 0.6), place(2, Double.NaN)),
                List.of(place(0, 0.9), place(1, 0.2), place(2, 0.4))),
            2);

    assertThat(span.value()).isEqualTo(0.9 - 0.2);
    assertThat(span.lowest()).isEqualTo(1);
    assertThat(span.highest()).isZero();
    WidestSpan nothing = new WidestSpan(List.of(List.of(place(0, 0.5), place(1, Double.NaN))), 2);
    assertThat(nothing.value()).isNaN();
    assertThat(nothing.lowest()).isEqualTo(-1);
    assertThat(nothing.deviation().above().applyAsDouble(new double[3])).isNaN();
  }
}
