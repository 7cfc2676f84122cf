package dev.auscult.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BootstrapTest {
  @Test
  void givesTheIntervalsOfSciPy() throws IOException {
    JsonNode scipy;
    try (InputStream in = BootstrapTest.class.getResourceAsStream("bootstrap.json")) {
      scipy = JsonMapper.shared().readTree(Objects.requireNonNull(in, "bootstrap.json"));
    }
    double[] values =
        scipy.get("values").valueStream().mapToDouble(JsonNode::doubleValue).toArray();

    for (JsonNode expected : scipy.get("intervals")) {
      Bootstrap bootstrap =
          new Bootstrap(
              Bootstrap.Kind.valueOf(expected.get("kind").stringValue()),
              40_000,
              0.95,
              new Seed(3));
      Estimate estimate =
          bootstrap.of(
              Clusters.singletons(values.length),
              chosen -> {
                double[] drawn = Arrays.stream(chosen).mapToDouble(i -> values[i]).toArray();
                return expected.get("figure").stringValue().equals("mean")
                    ? Moments.mean(drawn)
                    : Moments.sd(drawn);
              });

      // Monte Carlo error of a 2.5 % quantile from 40,000 resamples is about 0.004 here.
      assertThat(estimate.lo())
          .as("%s", expected)
          .isCloseTo(expected.get("lo").doubleValue(), within(0.015));
      assertThat(estimate.hi())
          .as("%s", expected)
          .isCloseTo(expected.get("hi").doubleValue(), within(0.015));
    }
  }

  @Test
  void coversTheTrueMeanOfClusteredValuesAtItsNominalRate() {
    int covered = 0;
    int trials = 400;
    for (int trial = 0; trial < trials; trial++) {
      SplittableRandom random = new Seed(trial).random();
      List<String> patients = new ArrayList<>();
      List<Double> values = new ArrayList<>();
      for (int patient = 0; patient < 60; patient++) {
        double level = random.nextGaussian();
        for (int image = random.nextInt(1, 5); image > 0; image--) {
          patients.add("p" + patient);
          values.add(level + 0.3 * random.nextGaussian());
        }
      }
      double[] array = values.stream().mapToDouble(Double::doubleValue).toArray();
      Estimate mean =
          new Bootstrap(Bootstrap.Kind.BCA, 600, 0.95, new Seed(trial))
              .mean(array, Clusters.of(patients));
      covered += mean.lo() <= 0 && 0 <= mean.hi() ? 1 : 0;
    }

    assertThat(covered / (double) trials).isBetween(0.91, 0.98);
  }

  @Test
  void widensWhenValuesOfAPatientBelongTogether() {
    SplittableRandom random = new Seed(1).random();
    double[] values = new double[200];
    List<String> patients = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 10 == 0 ? random.nextGaussian() : values[i - 1];
      patients.add("patient" + i / 10);
    }

    Estimate byPatient = Bootstrap.bca(new Seed(2)).mean(values, Clusters.of(patients));
    Estimate byImage = Bootstrap.bca(new Seed(2)).mean(values, Clusters.singletons(200));

    double ratio = (byPatient.hi() - byPatient.lo()) / (byImage.hi() - byImage.lo());
    assertThat(ratio).as("sqrt(10) in theory").isCloseTo(Math.sqrt(10), within(0.6));
    assertThat(byPatient.value()).isEqualTo(byImage.value());
  }

  @Test
  void isTheSameForTheSameSeedOnly() {
    double[] values = {1, 4, 2, 8, 5, 7};
    Clusters clusters = Clusters.singletons(6);

    Estimate first = Bootstrap.bca(new Seed(1)).mean(values, clusters);

    assertThat(Bootstrap.bca(new Seed(1)).mean(values, clusters)).isEqualTo(first);
    assertThat(Bootstrap.bca(new Seed(2)).mean(values, clusters)).isNotEqualTo(first);
  }

  @Test
  void knowsNoIntervalFromASinglePatient() {
    Estimate mean =
        Bootstrap.bca(new Seed(1))
            .mean(new double[] {1, 3}, Clusters.of(Collections.nCopies(2, "only")));

    assertThat(mean.value()).isEqualTo(2);
    assertThat(mean.sd()).isCloseTo(Math.sqrt(2), within(1e-15));
    assertThat(mean.lo()).isNaN();
    assertThat(mean.hi()).isNaN();
  }

  @Test
  void isUndefinedOfNothing() {
    assertThat(Bootstrap.bca(new Seed(1)).mean(new double[0], Clusters.singletons(0)))
        .isEqualTo(Estimate.undefined());
  }

  @Test
  void collapsesWhereAllValuesAreEqual() {
    Estimate mean =
        Bootstrap.bca(new Seed(1)).mean(new double[] {3, 3, 3, 3}, Clusters.singletons(4));

    assertThat(mean).isEqualTo(new Estimate(3, 0, 3, 3, 4));
  }

  @Test
  void refusesFewResamplesAndOddLevels() {
    assertThatThrownBy(() -> new Bootstrap(Bootstrap.Kind.BCA, 20, 0.95, new Seed(1)))
        .hasMessageContaining("20 resamples");
    assertThatThrownBy(() -> new Bootstrap(Bootstrap.Kind.BCA, 200, 95, new Seed(1)))
        .hasMessageContaining("level 95");
  }
}
