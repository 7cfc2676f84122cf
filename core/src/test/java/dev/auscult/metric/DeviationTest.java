package dev.auscult.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Intervals of figures that have a kink, on data whose truth is known. */
class DeviationTest {
  private static final int BINS = 10;
  private static final int N = 400;
  private static final int TRIALS = 150;

  /** How often an outcome comes true at a confidence. */
  enum Truth {
    CALIBRATED(c -> c),
    OVERCONFIDENT(c -> 0.5 + 0.4 * (c - 0.5)),
    A_LITTLE_OFF(c -> c + 0.04 * Math.sin(9 * c) * c * (1 - c) * 4),
    OFF_IN_ONE_BIN(c -> (c > 0.7 && c < 0.8) ? 0.3 : c),
    MUCH_TOO_HIGH(c -> 0.4 * c);

    @SuppressWarnings("ImmutableEnumChecker") // they have no state
    private final DoubleUnaryOperator outcome;

    Truth(DoubleUnaryOperator outcome) {
      this.outcome = outcome;
    }

    /** The mean size of the gaps of equally frequent bins, by the midpoint rule. */
    double ece() {
      return IntStream.range(0, BINS)
          .mapToDouble(
              bin ->
                  Math.abs(
                      IntStream.range(0, 1000)
                          .mapToDouble(i -> (bin + (i + 0.5) / 1000) / BINS)
                          .map(c -> c - outcome.applyAsDouble(c))
                          .average()
                          .orElseThrow()))
          .average()
          .orElseThrow();
    }
  }

  private static ResampledFigures resample(long seed, Reliability rows, int patients) {
    return ResampledFigures.of(
        new Bootstrap(Bootstrap.Kind.BCA, 200, 0.95, new Seed(seed)),
        patients,
        1,
        Progress.NONE,
        weights -> {
          Reliability.ReliabilityFigures figures = rows.figures(weights);
          return new double[] {
            figures.ece(),
            figures.ofEce().above(),
            figures.ofEce().below(),
            figures.unweighted(),
            figures.ofUnweighted().above(),
            figures.ofUnweighted().below()
          };
        });
  }

  private static Estimate estimate(ResampledFigures resampled, int first) {
    return resampled.estimate(
        resampled.observed()[first],
        new Deviation(figures -> figures[first + 1], figures -> figures[first + 2]),
        ResampledFigures.Range.SHARE,
        N);
  }

  /** Patients have two images that are alike; confidences are spread evenly. */
  private static Reliability draw(Truth truth, SplittableRandom random) {
    double[] confidence = new double[N];
    boolean[] outcome = new boolean[N];
    int[] patient = new int[N];
    for (int i = 0; i < N; i++) {
      boolean second = i % 2 == 1;
      patient[i] = i / 2;
      confidence[i] = second ? confidence[i - 1] : random.nextDouble();
      boolean alike = second && random.nextDouble() < 0.5;
      double chance = truth.outcome.applyAsDouble(confidence[i]);
      outcome[i] = alike ? outcome[i - 1] : (random.nextDouble() < chance);
    }
    return Reliability.of(confidence, outcome, new double[N], BINS, patient);
  }

  /** With plain BCa intervals none of 200 would cover the error of a calibrated model. */
  @ParameterizedTest
  @EnumSource
  void coverTheTrueCalibrationError(Truth truth) {
    int covered = 0;
    int coveredUnweighted = 0;
    int unweighted = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      Reliability rows = draw(truth, new Seed(trial).derive(truth.name()).random());
      ResampledFigures resampled = resample(trial, rows, N / 2);
      Estimate ece = estimate(resampled, 0);
      Estimate even = estimate(resampled, 3);
      assertThat(ece.value()).isBetween(ece.lo(), ece.hi());
      covered += ece.lo() <= truth.ece() && truth.ece() <= ece.hi() ? 1 : 0;
      coveredUnweighted += even.lo() <= truth.ece() && truth.ece() <= even.hi() ? 1 : 0;
      unweighted += Double.isNaN(even.lo()) ? 0 : 1;
    }

    // The standard error of a rate of 0.95 from 150 trials is 0.018; the intervals may be too wide.
    assertThat(covered / (double) TRIALS).isGreaterThan(0.90);
    assertThat(unweighted).isGreaterThan(TRIALS / 2);
    assertThat(coveredUnweighted / (double) unweighted).isGreaterThan(0.89);
  }

  @Test
  void aSmallBinLeavesTheUnweightedErrorWithoutAnInterval() {
    double[] confidence = new double[60];
    boolean[] outcome = new boolean[60];
    for (int i = 0; i < 60; i++) {
      confidence[i] = i < 3 ? 0.95 : 0.45;
      outcome[i] = i % 2 == 0;
    }
    int[] patient = IntStream.range(0, 60).toArray();
    Reliability rows = Reliability.of(confidence, outcome, new double[60], BINS, patient);

    ResampledFigures resampled = resample(1, rows, 60);

    assertThat(estimate(resampled, 0).lo()).isNotNaN();
    assertThat(estimate(resampled, 3).value()).isNotNaN();
    assertThat(estimate(resampled, 3).lo()).isNaN();
  }

  @Test
  void boundsMeetWhereNoGapMayBeZero() {
    GapDeviations far = new GapDeviations(new double[] {0.3, -0.2}, new double[] {0.01, 0.01}, 2);
    GapDeviations near = new GapDeviations(new double[] {0.3, -0.2}, new double[] {0.01, 0.2}, 2);
    double[] resampled = {0.31, -0.17};

    assertThat(far.above(resampled)).isCloseTo(0.01 - 0.03, within(1e-12));
    assertThat(far.below(resampled)).isCloseTo(0.01 - 0.03, within(1e-12));
    assertThat(near.above(resampled)).isCloseTo(0.01 + 0.03, within(1e-12));
    assertThat(near.below(resampled)).isCloseTo(0.01 - 0.03, within(1e-12));
  }
}
