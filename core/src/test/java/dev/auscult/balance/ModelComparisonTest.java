package dev.auscult.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.balance.ModelComparison.Figure;
import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ModelComparisonTest {
  private static final double[] TSCORES = {0.5, 0.4, 0.3, 0.62, 0.45, 0.51, 0.2, 0.35, 0.44, 0.58};

  private static AuditedSample sample(int i, double tscore, Optional<Boolean> correct) {
    return new AuditedSample(
        new SampleFigures(
            "s" + i,
            1,
            Double.isNaN(tscore) ? Optional.empty() : Optional.of(tscore),
            new ModalityScores(0, 0, 0, 1),
            correct,
            1,
            new Effort(8, 8, "", 1, OptionalLong.empty())),
        "p" + i);
  }

  /** Every TScore shifted; a sample is right where its number is a multiple of {@code right}. */
  private static List<AuditedSample> model(double shift, int right) {
    List<AuditedSample> samples = new ArrayList<>();
    for (int i = 0; i < TSCORES.length; i++) {
      samples.add(sample(i, TSCORES[i] + shift, Optional.of(i % right == 0)));
    }
    return samples;
  }

  private static ModelComparison find(
      List<ModelComparison> all, Figure figure, String first, String second) {
    return all.stream()
        .filter(c -> c.figure() == figure && c.first().equals(first) && c.second().equals(second))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void comparesEveryPairInEveryFigureOnTheSameSamples() {
    Map<String, List<AuditedSample>> models = new LinkedHashMap<>();
    models.put("a", model(0, 1));
    models.put("b", model(-0.1, 2));
    models.put("c", model(0, 2));

    List<ModelComparison> all = ModelComparison.all(models, new Seed(1));

    assertThat(all).hasSize(4 * 3);
    ModelComparison shifted = find(all, Figure.DELTA, "a", "b");
    assertThat(shifted.paired().difference().value()).isCloseTo(0.2, within(1e-12));
    assertThat(shifted.paired().difference().sd()).isCloseTo(0, within(1e-12));
    assertThat(shifted.paired().p()).as("2 of 1024 exchanges").isEqualTo(2.0 / 1024);
    assertThat(shifted.pHolm()).as("three pairs").isCloseTo(6.0 / 1024, within(1e-12));
    ModelComparison same = find(all, Figure.DELTA, "a", "c");
    assertThat(same.paired().p()).isEqualTo(1);
    ModelComparison right = find(all, Figure.ACCURACY, "a", "b");
    assertThat(right.paired().difference().value()).isEqualTo(0.5);
    assertThat(right.paired().p()).as("5 discordant pairs").isEqualTo(2.0 / 32);
  }

  @Test
  void samplesUndefinedUnderOneModelAreLeftOutOfThePair() {
    List<AuditedSample> second = new ArrayList<>(model(0, 1));
    second.set(0, sample(0, Double.NaN, Optional.of(true)));
    second.remove(9);
    Map<String, List<AuditedSample>> models = new LinkedHashMap<>();
    models.put("a", model(0, 1));
    models.put("b", second);

    List<ModelComparison> all = ModelComparison.all(models, new Seed(1));

    assertThat(find(all, Figure.DELTA, "a", "b").paired().difference().n()).isEqualTo(8);
    assertThat(find(all, Figure.ACCURACY, "a", "b").paired().difference().n()).isEqualTo(9);
  }

  @Test
  void aSingleModelOrAFigureThatNoneHasIsNotCompared() {
    List<AuditedSample> captions = List.of(sample(0, 0.4, Optional.empty()));

    assertThat(ModelComparison.all(Map.of("a", captions), new Seed(1))).isEmpty();
    Map<String, List<AuditedSample>> two = new LinkedHashMap<>();
    two.put("a", captions);
    two.put("b", captions);
    assertThat(ModelComparison.all(two, new Seed(1)))
        .extracting(ModelComparison::figure)
        .containsExactly(Figure.DELTA, Figure.BALANCED_0_1, Figure.BALANCED_0_2);
  }

  @Test
  void writesTheKeysThatScriptsRelyOn() {
    Map<String, List<AuditedSample>> models = new LinkedHashMap<>();
    models.put("a", model(0, 1));
    models.put("b", model(-0.1, 2));

    assertThat(ModelComparison.all(models, new Seed(1)).get(0).toJson().keySet())
        .containsExactly("figure", "first", "second", "n", "difference", "p", "p_holm");
  }
}
