package dev.auscult.shapley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.Seed;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What repetition over many seeds says about bias, standard errors and designs. */
class FactorisedErrorTest {
  private static final int N_I = 9;
  private static final int N_T = 6;
  private static final BilinearGame GAME =
      new BilinearGame(Games.encoderLike(N_I, 12, 21), Games.encoderLike(N_T, 12, 22), 20);
  private static final Attribution TRUTH = new ExactShapley().attribute(GAME);

  private static Attribution run(OrderPlan image, OrderPlan text, long seed) {
    return new FactorisedShapley(image, text, new Seed(seed)).attribute(GAME);
  }

  @Test
  void latinEstimatesAreUnbiased() {
    OrderPlan plan = OrderPlan.latin(8);
    int runs = 3000;
    double[] sum = new double[GAME.players()];
    double[] squares = new double[GAME.players()];
    for (int seed = 0; seed < runs; seed++) {
      Attribution attribution = run(plan, plan, seed);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += attribution.value(i);
        squares[i] += attribution.value(i) * attribution.value(i);
      }
    }

    for (int i = 0; i < sum.length; i++) {
      double mean = sum[i] / runs;
      double standardError = Math.sqrt((squares[i] / runs - mean * mean) / runs);
      assertThat(Math.abs(mean - TRUTH.value(i)) / standardError)
          .as("player %d: z of the bias over %d runs", i, runs)
          .isLessThan(4);
    }
  }

  @Test
  void latinOrdersErrLessThanIndependentOnes() {
    double independent = meanSquaredError(OrderPlan.independent(4));
    double latin = meanSquaredError(OrderPlan.latin(8));

    assertThat(independent / latin).as("gain of Latin over independent orders").isGreaterThan(1.15);
  }

  @Test
  void twoShiftsPerBlockKeepMostOfWhatLatinOrdersGain() {
    double two = meanSquaredError(new OrderPlan(4, 2));

    assertThat(meanSquaredError(new OrderPlan(8, 1)) / two).as("none").isGreaterThan(1.15);
    assertThat(meanSquaredError(new OrderPlan(2, 4)) / two).as("four").isGreaterThan(0.85);
    assertThat(meanSquaredError(new OrderPlan(1, 8)) / two).as("eight").isGreaterThan(1);
  }

  private static double meanSquaredError(OrderPlan plan) {
    double error = 0;
    for (int seed = 0; seed < 1500; seed++) {
      Attribution attribution = run(plan, plan, 50_000 + seed);
      for (int i = 0; i < GAME.players(); i++) {
        double off = attribution.value(i) - TRUTH.value(i);
        error += off * off;
      }
    }
    return error;
  }

  @Test
  void standardErrorsOfPlayersMatchTheirSpread() {
    for (OrderPlan plan : new OrderPlan[] {OrderPlan.independent(3), new OrderPlan(4, 2)}) {
      double claimed = 0;
      double real = 0;
      for (int seed = 0; seed < 1500; seed++) {
        Attribution attribution = run(plan, plan, 90_000 + seed);
        for (int i = 0; i < GAME.players(); i++) {
          double off = attribution.value(i) - TRUTH.value(i);
          real += off * off;
          claimed += attribution.standardError(i) * attribution.standardError(i);
        }
      }
      assertThat(claimed / real).as("claimed over real variance, %s", plan).isBetween(0.93, 1.15);
    }
  }

  @Test
  void intervalsOfPlayersCoverAtTheirNominalRate() {
    double covered = coverage(new OrderPlan(6, 2), v -> v[3], TRUTH.value(3));

    assertThat(covered).as("coverage of nominal 95 %%").isBetween(0.93, 0.975);
  }

  @Test
  void intervalsOfDeltaCoverAtTheirNominalRate() {
    double[] exact = TRUTH.values().stream().mapToDouble(v -> v).toArray();

    double covered = coverage(new OrderPlan(6, 2), FactorisedErrorTest::delta, delta(exact));

    assertThat(covered).as("coverage of nominal 95 %%").isBetween(0.93, 0.975);
  }

  private static double coverage(OrderPlan plan, ToDoubleFunction<double[]> figure, double truth) {
    int runs = 2000;
    int covered = 0;
    for (int seed = 0; seed < runs; seed++) {
      Uncertain estimate = run(plan, plan, 70_000 + seed).jackknife(figure);
      if (Math.abs(estimate.value() - truth) <= estimate.margin(0.95)) {
        covered++;
      }
    }
    return covered / (double) runs;
  }

  private static double delta(double[] phi) {
    double image = 0;
    double text = 0;
    for (int i = 0; i < phi.length; i++) {
      if (i < N_I) {
        image += Math.abs(phi[i]);
      } else {
        text += Math.abs(phi[i]);
      }
    }
    return (text - image) / (text + image);
  }
}
