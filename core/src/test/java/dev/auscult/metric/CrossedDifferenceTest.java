package dev.auscult.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossedDifferenceTest {
  private static final int SPLITS = 5;
  private static final int PATIENTS = 112;

  /** S^2 = 2.5, R = 5, C = 0.5: variance 2.5 / 5 + 0.5 = 1; (5 / 2.5)^2 x 4 = 16 degrees. */
  @Test
  void aCaseThatCanBeCountedByHand() {
    CrossedDifference found = CrossedDifference.of(new double[] {1, 2, 3, 4, 5}, .5, PATIENTS, .95);

    assertThat(found.difference().value()).isEqualTo(3);
    assertThat(found.standardError()).isCloseTo(1, within(1e-12));
    assertThat(found.degrees()).isCloseTo(16, within(1e-12));
    // scipy.stats.t.ppf(0.975, 16) = 2.1199052992210112; 2 * scipy.stats.t.sf(3, 16) below
    assertThat(found.difference().lo()).isCloseTo(3 - 2.1199052992210112, within(1e-9));
    assertThat(found.difference().hi()).isCloseTo(3 + 2.1199052992210112, within(1e-9));
    assertThat(found.p()).isCloseTo(0.008479499419647986, within(1e-12));
  }

  @Test
  void patientsThatSpeakAgainstEachOtherAddNothing() {
    CrossedDifference found = CrossedDifference.of(new double[] {1, 3}, -1, PATIENTS, .95);

    assertThat(found.standardError()).isCloseTo(1, within(1e-12));
    assertThat(found.degrees()).isCloseTo(1, within(1e-12));
  }

  @Test
  void fitsThatAreAllTheSameLeaveThePatients() {
    CrossedDifference found =
        CrossedDifference.of(new double[] {.25, .25, .25}, .015625, PATIENTS, .95);

    assertThat(found.degrees()).isInfinite();
    assertThat(found.p()).isCloseTo(0.0455, within(1e-4));
  }

  @Test
  void withoutAnyDifferenceThereIsNothingToBeSureOf() {
    assertThat(CrossedDifference.of(new double[] {0, 0}, 0, 9, .95).p()).isEqualTo(1);
    assertThat(CrossedDifference.of(new double[] {.1, .1}, 0, 9, .95).p()).isNaN();
  }

  /** The bootstrap's covariance of means is the covariance of the values over their number. */
  @Test
  void theCovarianceOfSplitsComesFromTheSameResamples() {
    Model model = new Model(new Random(3), 1, .3, 1);
    ResampledFigures figures =
        ResampledFigures.of(
            new Bootstrap(Bootstrap.Kind.PERCENTILE, 4000, .95, new Seed(1)),
            PATIENTS,
            2,
            Progress.NONE,
            weights -> {
              double[] means = new double[SPLITS];
              for (int i = 0; i < PATIENTS; i++) {
                for (int r = 0; r < SPLITS; r++) {
                  means[r] += weights.of(i) * model.values[r][i] / PATIENTS;
                }
              }
              return means;
            });
    List<ToDoubleFunction<double[]>> ofSplits = new ArrayList<>();
    IntStream.range(0, SPLITS).forEach(r -> ofSplits.add(means -> means[r]));

    CrossedDifference found = CrossedDifference.of(figures, ofSplits, PATIENTS, .95);

    assertThat(found.standardError()).isCloseTo(model.difference().standardError(), within(.003));
    assertThat(found.difference().value())
        .isCloseTo(model.difference().difference().value(), within(1e-12));
  }

  /**
   * Under no difference in truth a test at 5 % rejects about one in twenty, whatever makes the
   * noise: patients that suit one method, splits that do, or both together. 1.96 standard errors of
   * 4,000 runs are 0.7 %.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, .053",
    "0, .2, 0, .05",
    "1, .1, 0, .053",
    ".5, .1, 1, .053",
    "0, 0, 1, .04"
  })
  void noDifferenceIsFoundAsOftenAsPromised(
      double patients, double splits, double both, double expected) {
    Random random = new Random(11);
    int runs = 4000;
    int rejected = 0;
    for (int run = 0; run < runs; run++) {
      rejected += new Model(random, patients, splits, both).difference().p() < .05 ? 1 : 0;
    }

    assertThat(rejected / (double) runs).isCloseTo(expected, within(.015));
  }

  /** Differences of patients on splits, none on average. */
  private static final class Model {
    private final double[][] values = new double[SPLITS][PATIENTS];

    Model(Random random, double patients, double splits, double both) {
      for (int i = 0; i < PATIENTS; i++) {
        double patient = patients * random.nextGaussian();
        for (double[] split : values) {
          split[i] = patient + both * random.nextGaussian();
        }
      }
      for (double[] split : values) {
        double shift = splits * random.nextGaussian();
        IntStream.range(0, PATIENTS).forEach(i -> split[i] += shift);
      }
    }

    CrossedDifference difference() {
      double[] means = new double[SPLITS];
      double covariance = 0;
      for (int r = 0; r < SPLITS; r++) {
        means[r] = Moments.mean(values[r]);
      }
      for (int r = 0; r < SPLITS; r++) {
        for (int s = 0; s < r; s++) {
          for (int i = 0; i < PATIENTS; i++) {
            covariance += (values[r][i] - means[r]) * (values[s][i] - means[s]);
          }
        }
      }
      double pairs = SPLITS * (SPLITS - 1) / 2.0;
      return CrossedDifference.of(
          means, covariance / pairs / PATIENTS / (PATIENTS - 1), PATIENTS, .95);
    }
  }

  /**
   * Two learners that are equal in truth: each takes the nearer mean of the two classes, one in the
   * first half of the features, the other in the second. Training splits are shares of one pool of
   * 600. The crossed test rejects 4.4 % at 5 % of the pool and 4.6 % at half of it, the corrected
   * t-test of Nadeau and Bengio (2003) 0.9 % and 53 %: one test set for all splits leaves the
   * choice of patients out of the spread over splits.
   */
  @ParameterizedTest
  @CsvSource({".05, .03, .07, 0, .02", ".5, .03, .07, .3, 1"})
  void learnersThatAreEqualAreToldApartAsRarelyAsPromised(
      double share, double least, double most, double leastCorrected, double mostCorrected) {
    Random random = new Random(5);
    int runs = 1000;
    int crossed = 0;
    int corrected = 0;
    for (int run = 0; run < runs; run++) {
      Learners learners = new Learners(random, share);
      crossed += learners.difference().p() < .05 ? 1 : 0;
      corrected += learners.corrected().p() < .05 ? 1 : 0;
    }

    assertThat(crossed / (double) runs).isBetween(least, most);
    assertThat(corrected / (double) runs).isBetween(leastCorrected, mostCorrected);
  }

  private static final class Learners {
    private static final int POOL = 600;
    private static final int HALF = 6;
    private final int trained;
    private final Model differences;

    Learners(Random random, double share) {
      this.trained = (int) Math.round(share * POOL);
      double[][] pool = samples(random, POOL);
      double[][] test = samples(random, PATIENTS);
      this.differences = new Model(random, 0, 0, 0);
      for (double[] split : differences.values) {
        List<double[]> drawn = new ArrayList<>(List.of(pool));
        java.util.Collections.shuffle(drawn, random);
        List<double[]> train = drawn.subList(0, trained);
        double[][] means = means(train);
        for (int i = 0; i < PATIENTS; i++) {
          split[i] = right(means, test[i], 0) - right(means, test[i], HALF);
        }
      }
    }

    /** Twelve features about .35 or -.35 by class; the class comes last. */
    private static double[][] samples(Random random, int n) {
      double[][] samples = new double[n][2 * HALF + 1];
      for (double[] sample : samples) {
        int sign = random.nextBoolean() ? 1 : -1;
        for (int k = 0; k < 2 * HALF; k++) {
          sample[k] = .35 * sign + random.nextGaussian();
        }
        sample[2 * HALF] = sign;
      }
      return samples;
    }

    /** Of both classes. */
    private static double[][] means(List<double[]> train) {
      double[][] means = new double[2][2 * HALF];
      for (int side = 0; side < 2; side++) {
        int count = 0;
        for (double[] one : train) {
          if (one[2 * HALF] == 2 * side - 1) {
            count++;
            for (int k = 0; k < 2 * HALF; k++) {
              means[side][k] += one[k];
            }
          }
        }
        for (int k = 0; k < 2 * HALF; k++) {
          means[side][k] /= Math.max(1, count);
        }
      }
      return means;
    }

    private static double right(double[][] means, double[] sample, int from) {
      double score = 0;
      for (int k = from; k < from + HALF; k++) {
        score += (means[1][k] - means[0][k]) * (sample[k] - (means[1][k] + means[0][k]) / 2);
      }
      return score * sample[2 * HALF] > 0 ? 1 : 0;
    }

    CrossedDifference difference() {
      return differences.difference();
    }

    CorrectedResampledTest corrected() {
      double[] means =
          java.util.Arrays.stream(differences.values).mapToDouble(Moments::mean).toArray();
      return CorrectedResampledTest.of(means, PATIENTS / (double) trained);
    }
  }
}
