package dev.auscult.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Seed;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DeLong's test where few patients have a class, one row each. */
class DeLongFewPatientsTest {
  private static final int TRIALS = 2000;

  /** Two scores that know nothing; the standard error of a rate of .05 is .005. */
  @ParameterizedTest
  @CsvSource({"3, 17", "5, 5", "5, 60", "8, 60"})
  void keepsItsLevelWhereThePublishedTestDoesNot(int positives, int negatives) {
    SplittableRandom random = new Seed(positives * 100L + negatives).random();
    boolean[] positive = new boolean[positives + negatives];
    Arrays.fill(positive, 0, positives, true);
    int published = 0;
    int cautious = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      DeLong test = DeLong.of(positive, noise(random, positive), noise(random, positive), 0.95);
      published += test.p() < 0.05 ? 1 : 0;
      cautious += test.cautious() < 0.05 ? 1 : 0;
    }

    assertThat(published / (double) TRIALS).isGreaterThan(0.065);
    assertThat(cautious / (double) TRIALS).isBetween(0.02, 0.09);
    assertThat(cautious).isLessThan(published);
  }

  private static double[] noise(SplittableRandom random, boolean[] positive) {
    return random.doubles(positive.length).toArray();
  }

  @Test
  void isThePublishedTestFromTwentyOfEachClassOn() {
    SplittableRandom random = new Seed(1).random();
    boolean[] positive = new boolean[40];
    Arrays.fill(positive, 0, 20, true);

    DeLong test = DeLong.of(positive, noise(random, positive), noise(random, positive), 0.95);

    assertThat(test.cautious()).isEqualTo(test.p());
  }

  /** Written out with the variances of the two classes, as Satterthwaite's formula has them. */
  @Test
  void degreesOfFreedomAreThoseOfTheTwoVariances() {
    double[] a = {.1, .2, .3, .6, .4, .35, .5, .7, .8, .9};
    double[] b = {.3, .1, .5, .4, .6, .2, .45, .55, .7, .65};
    boolean[] positive = new boolean[10];
    Arrays.fill(positive, 5, 10, true);

    DeLong test = DeLong.of(positive, a, b, 0.95);

    // Variances of V10 and of V01, a less b: .4 .2 .2 0 0 and .2 0 .4 -.2 .4
    double ofPositives = 0.028 / 5;
    double ofNegatives = 0.068 / 5;
    double sum = ofPositives + ofNegatives;
    double degrees = sum * sum / (ofPositives * ofPositives / 4 + ofNegatives * ofNegatives / 4);
    assertThat(test.cautious()).isCloseTo(StudentT.twoSided(test.z(), degrees), within(1e-12));
  }
}
