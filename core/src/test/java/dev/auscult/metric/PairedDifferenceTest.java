package dev.auscult.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Comparisons of two models against SciPy and statsmodels (conformance/paired_differences.py). */
class PairedDifferenceTest {
  private static final JsonNode REFERENCE = reference();

  private static JsonNode reference() {
    String name = "paired-differences.json";
    try (InputStream in = PairedDifferenceTest.class.getResourceAsStream(name)) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double[] values(JsonNode json) {
    return json.valueStream().mapToDouble(JsonNode::doubleValue).toArray();
  }

  @Test
  void givesThePValuesAndIntervalsOfSciPy() {
    for (JsonNode pair : REFERENCE.get("pairs")) {
      double[] first = values(pair.get("first"));

      PairedDifference found =
          PairedDifference.of(
              first,
              values(pair.get("second")),
              Clusters.singletons(first.length),
              new Bootstrap(Bootstrap.Kind.BCA, 40_000, 0.95, new Seed(4)));

      assertThat(found.p()).isCloseTo(pair.get("p").doubleValue(), within(1e-12));
      // Monte Carlo error of an end is about 0.003 where the values are 0 and 1.
      assertThat(found.difference().lo()).isCloseTo(pair.get("lo").doubleValue(), within(0.012));
      assertThat(found.difference().hi()).isCloseTo(pair.get("hi").doubleValue(), within(0.012));
    }
  }

  @Test
  void exchangesThePairsOfAPatientTogether() {
    double[] first = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    double[] second = new double[10];
    List<String> two = List.of("a", "a", "a", "a", "a", "b", "b", "b", "b", "b");

    // Two patients can be exchanged in 4 ways, of which 2 give a difference as large.
    assertThat(p(first, second, Clusters.of(two))).isEqualTo(0.5);
    assertThat(p(first, second, Clusters.singletons(10))).isEqualTo(2.0 / 1024);
  }

  private static double p(double[] first, double[] second, Clusters clusters) {
    return PairedDifference.of(first, second, clusters, Bootstrap.bca(new Seed(1))).p();
  }

  @Test
  void drawsExchangesWhereThereAreTooMany() {
    SplittableRandom random = new Seed(8).random();
    double[] first = random.doubles(17).toArray();
    double[] second = Arrays.stream(first).map(x -> x - 0.1 + 0.4 * random.nextDouble()).toArray();

    double drawn = p(first, second, Clusters.singletons(17));
    int ways = 1 << 17;
    int extreme = 0;
    double observed = sum(first, second, 0);
    for (int way = 0; way < ways; way++) {
      extreme += Math.abs(sum(first, second, way)) >= Math.abs(observed) - 1e-12 ? 1 : 0;
    }

    // The standard error of a share p of 20,000 is sqrt(p (1 - p) / 20,000), at most 0.0036.
    assertThat(drawn).isCloseTo((double) extreme / ways, within(0.012));
  }

  private static double sum(double[] first, double[] second, int way) {
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += ((way >> i) & 1) == 0 ? first[i] - second[i] : second[i] - first[i];
    }
    return sum;
  }

  @Test
  void findsNoDifferenceWhereThereIsNone() {
    int found = 0;
    int trials = 400;
    for (int trial = 0; trial < trials; trial++) {
      SplittableRandom random = new Seed(trial).random();
      List<String> patients = new ArrayList<>();
      double[] first = new double[90];
      double[] second = new double[90];
      for (int i = 0; i < 90; i++) {
        double ofPatient = i % 3 == 0 ? random.nextGaussian() : first[i - 1] - second[i - 1];
        first[i] = ofPatient;
        patients.add("patient " + i / 3);
      }
      found += p(first, second, Clusters.of(patients)) <= 0.05 ? 1 : 0;
    }

    assertThat(found / (double) trials).as("5 % false findings").isBetween(0.025, 0.08);
  }

  @Test
  void isCertainOfEqualValuesAndKnowsNothingOfNone() {
    double[] same = {0.3, 0.7, 0.2};

    PairedDifference equal =
        PairedDifference.of(same, same, Clusters.singletons(3), Bootstrap.bca(new Seed(1)));
    PairedDifference none =
        PairedDifference.of(
            new double[0], new double[0], Clusters.singletons(0), Bootstrap.bca(new Seed(1)));

    assertThat(equal.p()).isEqualTo(1);
    assertThat(equal.difference().value()).isZero();
    assertThat(none.p()).isNaN();
    assertThat(none.difference()).isEqualTo(Estimate.undefined());
    assertThatThrownBy(() -> p(same, new double[2], Clusters.singletons(3)))
        .hasMessageContaining("3 values and 2");
  }

  @Test
  void correctsFamiliesAsStatsmodelsDoes() {
    JsonNode holm = REFERENCE.get("holm");
    List<Double> p = Arrays.stream(values(holm.get("p"))).boxed().toList();

    List<Double> adjusted = Holm.adjusted(p);

    for (int i = 0; i < p.size(); i++) {
      assertThat(adjusted.get(i))
          .isCloseTo(holm.get("adjusted").get(i).doubleValue(), within(1e-12));
    }
  }

  @Test
  void leavesUndefinedHypothesesOutOfTheFamily() {
    assertThat(Holm.adjusted(List.of(0.02, Double.NaN, 0.03)))
        .containsExactly(0.04, Double.NaN, 0.04);
    assertThat(Holm.adjusted(List.of())).isEmpty();
    assertThatThrownBy(() -> Holm.adjusted(List.of(1.5))).hasMessageContaining("1.5");
  }

  @Test
  void ranksAsSciPyDoesAlsoTies() {
    JsonNode spearman = REFERENCE.get("spearman");

    assertThat(RankCorrelation.spearman(values(spearman.get("x")), values(spearman.get("y"))))
        .isCloseTo(spearman.get("rho").doubleValue(), within(1e-12));
    assertThat(RankCorrelation.spearman(new double[] {1, 2}, new double[] {3, 3})).isNaN();
    assertThat(RankCorrelation.spearman(new double[] {1}, new double[] {3})).isNaN();
    assertThatThrownBy(
            () -> RankCorrelation.spearman(new double[] {Double.NaN, 1}, new double[] {1, 2}))
        .hasMessageContaining("not a number");
  }

  @Test
  void givesSharesOfNoneAndOfAllTheEndsOfClopperAndPearson() {
    for (JsonNode row : REFERENCE.get("clopper_pearson")) {
      int n = row.get("n").intValue();
      Clusters clusters = Clusters.singletons(n);
      double[] all = new double[n];
      Arrays.fill(all, 1);

      Estimate none = Bootstrap.bca(new Seed(1)).share(new double[n], clusters);
      Estimate whole = Bootstrap.bca(new Seed(1)).share(all, clusters);

      assertThat(none.lo()).isZero();
      assertThat(none.hi()).isCloseTo(row.get("hi_of_none").doubleValue(), within(1e-9));
      assertThat(whole.lo()).isCloseTo(row.get("lo_of_all").doubleValue(), within(1e-9));
      assertThat(whole.hi()).isEqualTo(1);
    }
  }

  @Test
  void theSharesOfFewPatientsAreAsUncertainAsThePatientsAreFew() {
    Clusters three = Clusters.of(List.of("a", "a", "a", "b", "b", "c"));

    Estimate none = Bootstrap.bca(new Seed(1)).share(new double[6], three);

    assertThat(none.hi()).isCloseTo(1 - Math.cbrt(0.025), within(1e-12));
  }
}
