package dev.auscult.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tests of groups of patients against the others, on data whose truth is known. */
class TestedDifferenceTest {
  private static final int[] GROUP_SIZES = {12, 20, 28, 40};
  private static final int PATIENTS = 100;

  /** Each patient has two values that are alike; those of the first group are shifted. */
  private static List<TestedDifference> tests(long seed, double shift) {
    SplittableRandom random = new Seed(seed).random();
    double[] values = new double[2 * PATIENTS];
    int[] group = new int[PATIENTS];
    for (int patient = 0, g = 0, left = GROUP_SIZES[0]; patient < PATIENTS; patient++, left--) {
      if (left == 0) {
        left = GROUP_SIZES[++g];
      }
      group[patient] = g;
      double own = random.nextGaussian() + (g == 0 ? shift : 0);
      values[2 * patient] = own + random.nextGaussian() / 2;
      values[2 * patient + 1] = own + random.nextGaussian() / 2;
    }
    ResampledFigures figures =
        ResampledFigures.of(
            new Bootstrap(Bootstrap.Kind.PERCENTILE, 200, 0.95, new Seed(seed)),
            PATIENTS,
            1,
            Progress.NONE,
            weights -> insideAndOutside(values, group, weights));
    List<TestedDifference> tests = new ArrayList<>();
    for (int g = 0; g < GROUP_SIZES.length; g++) {
      int at = 2 * g;
      tests.add(
          TestedDifference.of(
              figures, all -> all[at] - all[at + 1], 2 * GROUP_SIZES[g], GROUP_SIZES[g]));
    }
    return TestedDifference.corrected(tests);
  }

  private static double[] insideAndOutside(double[] values, int[] group, Multiplicities weights) {
    double[] sums = new double[2 * GROUP_SIZES.length];
    double[] counts = new double[sums.length];
    for (int i = 0; i < values.length; i++) {
      int weight = weights.of(i / 2);
      for (int g = 0; g < GROUP_SIZES.length; g++) {
        int side = 2 * g + (group[i / 2] == g ? 0 : 1);
        sums[side] += weight * values[i];
        counts[side] += weight;
      }
    }
    for (int side = 0; side < sums.length; side++) {
      sums[side] /= counts[side];
    }
    return sums;
  }

  /** At most one run in twenty names any group; 400 runs have a standard error of 1.1 %. */
  @Test
  void groupsThatAreServedAlikeAreSeldomFound() {
    int found = 0;
    for (int run = 0; run < 400; run++) {
      found += tests(run, 0).stream().anyMatch(TestedDifference::significant) ? 1 : 0;
    }

    assertThat(found / 400.0).isLessThan(0.085);
  }

  @Test
  void aGroupThatIsServedOtherwiseIsFoundAndNoOther() {
    int own = 0;
    int others = 0;
    for (int run = 0; run < 50; run++) {
      List<TestedDifference> tests = tests(run, 1.6);
      own += tests.get(0).significant() ? 1 : 0;
      others += tests.subList(1, 4).stream().anyMatch(TestedDifference::significant) ? 1 : 0;
    }

    assertThat(own).isGreaterThan(40);
    assertThat(others).isLessThan(own / 2);
  }

  @Test
  void holmsCorrectionIsOverTheWholeFamily() {
    List<TestedDifference> tests = tests(3, 1.6);
    double least = tests.stream().mapToDouble(TestedDifference::p).min().orElseThrow();

    assertThat(tests.stream().mapToDouble(TestedDifference::adjusted).min().orElseThrow())
        .isCloseTo(4 * least, within(1e-15));
    assertThat(tests).allMatch(one -> one.adjusted() >= one.p());
  }

  @Test
  void withoutUncertaintyThereIsNoTest() {
    ResampledFigures constant =
        ResampledFigures.of(
            Bootstrap.bca(new Seed(1)), 30, 1, Progress.NONE, weights -> new double[] {1, 0.5});

    TestedDifference none = TestedDifference.of(constant, all -> all[0] - all[1], 30, 30);

    assertThat(none.difference().value()).isEqualTo(0.5);
    assertThat(none.p()).isNaN();
    assertThat(none.significant()).isFalse();
  }
}
