package dev.auscult.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** CKA of resamples against its definition, and its intervals against a known truth. */
class DebiasedCkaTest {
  private static double[][] rows(int n, int d, SplittableRandom random) {
    return IntStream.range(0, n)
        .mapToObj(i -> IntStream.range(0, d).mapToDouble(k -> random.nextGaussian()).toArray())
        .toArray(double[][]::new);
  }

  private static double[] once(int n) {
    return IntStream.range(0, n).mapToDouble(i -> 1).toArray();
  }

  /** The definition, tuple by tuple. */
  private static double criterion(double[][] k, double[][] l, double[] w) {
    double sum = 0;
    double all = 0;
    int n = w.length;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int q = 0; q < n; q++) {
          for (int r = 0; r < n; r++) {
            if (i != j && i != q && i != r && j != q && j != r && q != r) {
              double weight = w[i] * w[j] * w[q] * w[r];
              all += weight;
              sum += weight * (k[i][j] * l[i][j] + k[i][j] * l[q][r] - 2 * k[i][j] * l[i][q]);
            }
          }
        }
      }
    }
    return sum / all;
  }

  @Test
  void theCriterionIsTheWeightedMeanOverTuplesOfDifferentObservations() {
    SplittableRandom random = new SplittableRandom(1);
    double[][] k = Gram.of(rows(7, 3, random));
    double[][] l = Gram.of(rows(7, 2, random));
    for (double[] weights : List.of(once(7), new double[] {2, 1, 0, 3, 1, 0, 1})) {
      CountedTuples counted = CountedTuples.of(weights);

      double found = counted.criterion(k, l, counted.sums(k), counted.sums(l));

      assertThat(found).isCloseTo(criterion(k, l, weights), within(1e-12));
    }
  }

  @Test
  void alignmentDoesNotDependOnWhatAnObservationWithoutWeightShows() {
    SplittableRandom random = new SplittableRandom(2);
    double[][] x = rows(9, 3, random);
    double[][] y = rows(9, 3, random);
    double[] weights = {1, 0, 1, 1, 1, 0, 1, 1, 1};
    List<double[][]> fewer = List.of(x, y).stream().map(of -> counted(of, weights)).toList();

    double found = DebiasedCka.of(List.of(x, y)).of(weights)[0][1];

    assertThat(found).isCloseTo(DebiasedCka.of(fewer).of(once(7))[0][1], within(1e-12));
  }

  private static double[][] counted(double[][] rows, double[] weights) {
    return IntStream.range(0, rows.length)
        .filter(i -> weights[i] > 0)
        .mapToObj(i -> rows[i])
        .toArray(double[][]::new);
  }

  @Test
  void resamplesOfUnrelatedRepresentationsAreNoMoreAlikeThanTheData() {
    SplittableRandom random = new SplittableRandom(3);
    double[][] x = rows(40, 200, random);
    DebiasedCka cka = DebiasedCka.of(List.of(x, rows(40, 200, random)));

    double mean =
        IntStream.range(0, 200)
            .mapToDouble(r -> cka.of(drawn(40, new Seed(5).derive(r)))[0][1])
            .average()
            .orElseThrow();

    assertThat(mean).isCloseTo(cka.of(once(40))[0][1], within(.02));
    assertThat(LinearCka.of(x, rows(40, 200, random), LinearCka.Estimator.BIASED))
        .as("what copies would add")
        .isGreaterThan(.7);
  }

  private static double[] drawn(int n, Seed seed) {
    Multiplicities drawn = Multiplicities.drawn(n, seed.random());
    return IntStream.range(0, n).mapToDouble(drawn::of).toArray();
  }

  /**
   * Of {@code y = x + noise} with independent standard normal coordinates, the alignment is {@code
   * 1 / (1 + variance of the noise)}.
   */
  @Test
  void intervalsHoldTheTruthAboutAsOftenAsTheySay() {
    int runs = 150;
    double truth = 1 / (1 + .5);
    IntFunction<Estimate> interval =
        run -> {
          SplittableRandom random = new Seed(run).derive("data").random();
          double[][] x = rows(50, 4, random);
          double[][] y = rows(50, 4, random);
          for (int i = 0; i < 50; i++) {
            for (int k = 0; k < 4; k++) {
              y[i][k] = x[i][k] + Math.sqrt(.5) * y[i][k];
            }
          }
          DebiasedCka cka = DebiasedCka.of(List.of(x, y));
          Bootstrap bootstrap = new Bootstrap(Bootstrap.Kind.BCA, 200, .95, new Seed(run));
          return ResampledFigures.of(
                  bootstrap,
                  50,
                  2,
                  Progress.NONE,
                  of ->
                      new double[] {
                        cka.of(IntStream.range(0, 50).mapToDouble(of::of).toArray())[0][1]
                      })
              .estimate(of -> of[0], 50);
        };

    double held =
        IntStream.range(0, runs)
            .mapToObj(interval)
            .mapToDouble(of -> of.lo() <= truth && truth <= of.hi() ? 1 : 0)
            .average()
            .orElseThrow();

    assertThat(held).isBetween(.88, .99);
  }
}
