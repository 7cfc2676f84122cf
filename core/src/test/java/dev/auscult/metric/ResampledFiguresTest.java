package dev.auscult.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ResampledFiguresTest {
  private static final double LEVEL = 0.95;

  private static double mean(double[] values, Multiplicities weights) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      sum += weights.of(i) * values[i];
      count += weights.of(i);
    }
    return sum / count;
  }

  private static ResampledFigures resample(
      int resamples, long seed, int n, int threads, ResampledFigures.Figures figures) {
    return ResampledFigures.of(
        new Bootstrap(Bootstrap.Kind.BCA, resamples, LEVEL, new Seed(seed)),
        n,
        threads,
        Progress.NONE,
        figures);
  }

  @Test
  void givesTheIntervalThatTheOrdinaryBootstrapGives() {
    double[] values = new Seed(3).random().doubles(80).map(u -> -Math.log(u)).toArray();

    Estimate weighted =
        resample(40_000, 1, 80, 1, w -> new double[] {mean(values, w)}).estimate(f -> f[0], 80);
    Estimate ordinary =
        new Bootstrap(Bootstrap.Kind.BCA, 40_000, LEVEL, new Seed(2))
            .mean(values, Clusters.singletons(80));

    // Monte Carlo error of a 2.5 % quantile from 40,000 resamples is about 0.002 here.
    assertThat(weighted.value()).isCloseTo(ordinary.value(), within(1e-12));
    assertThat(weighted.lo()).isCloseTo(ordinary.lo(), within(0.008));
    assertThat(weighted.hi()).isCloseTo(ordinary.hi(), within(0.008));
  }

  /** The size of a mean that happens to be 0: almost every resample is above it. */
  @Test
  void hasNoIntervalThatWouldMissItsOwnFigure() {
    double[] values = new double[80];
    for (int pair = 0; pair < 40; pair++) {
      values[2 * pair] = Math.sqrt(1 + pair);
      values[2 * pair + 1] = -values[2 * pair];
    }
    ResampledFigures resampled =
        resample(1000, 1, 80, 1, w -> new double[] {Math.abs(mean(values, w)), mean(values, w)});

    Estimate size = resampled.estimate(figures -> figures[0], 80);
    assertThat(size.value()).isCloseTo(0, within(1e-12));
    assertThat(size.lo()).isNaN();
    assertThat(size.hi()).isNaN();
    Estimate mean = resampled.estimate(figures -> figures[1], 80);
    assertThat(mean.lo()).isNegative();
    assertThat(mean.hi()).isPositive();
  }

  @Test
  void doesNotDependOnThreads() {
    double[] values = new Seed(3).random().doubles(500).toArray();
    ResampledFigures.Figures figures = w -> new double[] {mean(values, w)};

    assertThat(resample(200, 1, 500, 3, figures).estimate(f -> f[0], 500))
        .isEqualTo(resample(200, 1, 500, 1, figures).estimate(f -> f[0], 500));
  }

  @Test
  void leavingOutBlocksFindsTheSameSkewness() {
    double[] values =
        new Seed(3).random().doubles(2000).map(u -> Math.pow(-Math.log(u), 2)).toArray();

    Estimate blocks =
        resample(20_000, 1, 2000, 2, w -> new double[] {mean(values, w)}).estimate(f -> f[0], 2000);
    Estimate each =
        new Bootstrap(Bootstrap.Kind.BCA, 20_000, LEVEL, new Seed(2))
            .mean(values, Clusters.singletons(2000));

    double width = each.hi() - each.lo();
    assertThat(blocks.lo()).isCloseTo(each.lo(), within(0.04 * width));
    assertThat(blocks.hi()).isCloseTo(each.hi(), within(0.04 * width));
  }

  @Test
  void knowsNoIntervalWhereResamplesDoNotDiffer() {
    ResampledFigures constant = resample(200, 1, 10, 1, w -> new double[] {1, Double.NaN});

    assertThat(constant.estimate(f -> f[0], 10))
        .isEqualTo(new Estimate(1, Double.NaN, Double.NaN, Double.NaN, 10));
    assertThat(constant.estimate(f -> f[1], 10).value()).isNaN();
    assertThat(resample(200, 1, 1, 1, w -> new double[] {4}).estimate(f -> f[0], 1).lo()).isNaN();
  }

  /** 95 % intervals of an AUROC whose true value is known: two normals a distance d apart. */
  @Test
  void coversTheTrueAreaAtItsNominalRate() {
    double distance = 1.2;
    double truth = 0.8019569; // of a normal distribution at 1.2 / sqrt(2)
    int covered = 0;
    int delongCovered = 0;
    int trials = 300;
    for (int trial = 0; trial < trials; trial++) {
      SplittableRandom random = new Seed(trial).random();
      double[] score = new double[120];
      boolean[] positive = new boolean[120];
      for (int i = 0; i < 120; i++) {
        positive[i] = i % 3 == 0;
        score[i] = random.nextGaussian() + (positive[i] ? distance : 0);
      }
      Ranking ranking = Ranking.of(score, positive);
      Estimate area =
          resample(500, trial, 120, 1, w -> new double[] {ranking.figures(w, 0.95).auroc()})
              .estimate(f -> f[0], 120);
      covered += area.lo() <= truth && truth <= area.hi() ? 1 : 0;
      Estimate delong = DeLong.auroc(positive, score, LEVEL);
      delongCovered += delong.lo() <= truth && truth <= delong.hi() ? 1 : 0;
    }

    // The standard error of a rate of 0.95 from 300 trials is 0.013.
    assertThat(covered / (double) trials).isBetween(0.91, 0.985);
    assertThat(delongCovered / (double) trials).isBetween(0.91, 0.985);
  }

  @Test
  void coversTheTrueAreaOfPatientsWithSeveralImages() {
    double truth = 0.8019569;
    int covered = 0;
    int trials = 200;
    for (int trial = 0; trial < trials; trial++) {
      SplittableRandom random = new Seed(trial).random();
      int patients = 90;
      double[] score = new double[3 * patients];
      boolean[] positive = new boolean[score.length];
      int[] patient = new int[score.length];
      for (int i = 0; i < score.length; i++) {
        patient[i] = i / 3;
        positive[i] = patient[i] % 3 == 0;
        // All images of a patient share most of their score.
        double shared =
            i % 3 == 0
                ? random.nextGaussian() * Math.sqrt(0.9)
                : (score[i - i % 3] - (positive[i] ? 1.2 : 0) - rest(trial, i - i % 3));
        score[i] = shared + rest(trial, i) + (positive[i] ? 1.2 : 0);
      }
      Ranking ranking = Ranking.of(score, positive, patient, patients);
      Estimate area =
          resample(400, trial, patients, 1, w -> new double[] {ranking.figures(w, 0.95).auroc()})
              .estimate(f -> f[0], score.length);
      covered += area.lo() <= truth && truth <= area.hi() ? 1 : 0;
    }

    assertThat(covered / (double) trials).isBetween(0.90, 0.99);
  }

  /** What an image does not share with the others of its patient: variance 0.1. */
  private static double rest(int trial, int image) {
    return new Seed(trial).derive("image").derive((long) image).random().nextGaussian()
        * Math.sqrt(0.1);
  }

  @Test
  void ordersAsSortingDoes() {
    double[] values = new Seed(9).random().doubles(1001).map(u -> Math.rint(u * 50)).toArray();

    int[] order = DescendingOrder.of(values);

    double[] sorted = Arrays.stream(order).mapToDouble(i -> -values[i]).toArray();
    assertThat(sorted).isSorted();
    assertThat(Arrays.stream(order).distinct().count()).isEqualTo(1001);
    assertThat(DescendingOrder.of(new double[0])).isEmpty();
  }
}
