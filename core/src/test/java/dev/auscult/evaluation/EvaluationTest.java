package dev.auscult.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.OperatingRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whole evaluations against scikit-learn, torchmetrics and fairlearn
 * (conformance/evaluation_files.py).
 */
class EvaluationTest {
  private static final JsonNode EXPECTED = expected();

  private final Path folder;

  EvaluationTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static JsonNode expected() {
    try (InputStream in = resource("expected.json")) {
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(EvaluationTest.class.getResourceAsStream(name), name);
  }

  private static EvaluationSettings settings(int threads, ThresholdChoice threshold) {
    return new EvaluationSettings(
        new Bootstrap(Bootstrap.Kind.BCA, 200, 0.95, new Seed(1)),
        threads,
        ScoreKind.PROBABILITY,
        10,
        threshold,
        Intersections.PAIRS,
        20);
  }

  private EvaluationResult evaluate(Path file) {
    return Evaluation.of(
        PredictionsReader.read(file, ReadOptions.standard(), Progress.NONE),
        settings(1, ThresholdChoice.HALF),
        Progress.NONE);
  }

  private EvaluationResult evaluateResource(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = resource(name)) {
      Files.copy(in, file);
    }
    return evaluate(file);
  }

  private static void assertFigures(JsonNode expected, Map<String, Estimate> found) {
    for (String name : expected.propertyNames()) {
      if (name.endsWith("_torchmetrics")) {
        // torchmetrics computes these in single precision.
        String plain = name.replace("_torchmetrics", "");
        assertThat(estimate(found, plain).value())
            .as(name)
            .isCloseTo(expected.get(name).doubleValue(), within(2e-6));
      } else {
        assertThat(estimate(found, name).value())
            .as(name)
            .isCloseTo(expected.get(name).doubleValue(), within(1e-12));
      }
    }
  }

  private static Estimate estimate(Map<String, Estimate> figures, String name) {
    return Objects.requireNonNull(figures.get(name), name);
  }

  @Test
  void binaryFiguresAgreeWithScikitLearnAndTorchmetrics() throws IOException {
    EvaluationResult result = evaluateResource("binary.csv");

    Map<String, Estimate> figures = new java.util.LinkedHashMap<>(result.figures());
    result.classes().get(0).figures().forEach(figures::putIfAbsent);
    assertFigures(EXPECTED.get("binary").get("all"), figures);
    assertThat(result.n()).isEqualTo(240);
    assertThat(result.patients()).isEqualTo(120);
  }

  @Test
  void figuresOfGroupsAgreeWithScikitLearnOnTheirRows() throws IOException {
    EvaluationResult result = evaluateResource("binary.csv");

    int compared = 0;
    for (GroupResult group : result.groups()) {
      JsonNode expected =
          EXPECTED.get("binary").get("groups").path(group.attribute()).path(group.value());
      if (!expected.isMissingNode()) {
        Map<String, Estimate> figures =
            new java.util.LinkedHashMap<>(FigureNames.ofAll(group.figures()));
        FigureNames.ofClass(group.figures(), Header.POSITIVE).forEach(figures::putIfAbsent);
        assertFigures(expected, figures);
        compared++;
      }
    }
    assertThat(compared).isEqualTo(5);
    assertThat(result.groups()).hasSize(5 + 6);
  }

  @Test
  void gapsAgreeWithFairlearn() throws IOException {
    EvaluationResult result = evaluateResource("binary.csv");

    int compared = 0;
    for (Gap gap : result.gaps()) {
      JsonNode expected =
          EXPECTED.get("binary").get("gaps").path(gap.attribute()).path(gap.metric());
      if (!expected.isMissingNode()) {
        assertThat(gap.size().value())
            .as("%s of %s", gap.metric(), gap.attribute())
            .isCloseTo(expected.doubleValue(), within(1e-12));
        assertThat(gap.size().lo()).isLessThanOrEqualTo(gap.size().hi());
        compared++;
      }
    }
    assertThat(compared).isEqualTo(10);
  }

  @Test
  void figuresOfSeveralClassesAgree() throws IOException {
    assertFigures(EXPECTED.get("classes"), evaluateResource("classes.csv").figures());
  }

  @Test
  void figuresOfSeveralLabelsAgree() throws IOException {
    assertFigures(EXPECTED.get("labels"), evaluateResource("labels.csv").figures());
  }

  @Test
  void intervalsHoldTheirValuesAndDoNotDependOnThreads() throws IOException {
    Path file = Files.writeString(folder.resolve("p.csv"), rows(300, 5, "test"));
    PredictionFile read = PredictionsReader.read(file, ReadOptions.standard(), Progress.NONE);

    EvaluationResult one = Evaluation.of(read, settings(1, ThresholdChoice.HALF), Progress.NONE);
    EvaluationResult three = Evaluation.of(read, settings(3, ThresholdChoice.HALF), Progress.NONE);

    assertThat(one.figures()).isEqualTo(three.figures());
    assertThat(estimate(one.figures(), "auroc").lo())
        .isLessThan(estimate(one.figures(), "auroc").value());
    assertThat(estimate(one.figures(), "auroc").hi())
        .isGreaterThan(estimate(one.figures(), "auroc").value());
  }

  private static String rows(int n, long seed, String split) {
    SplittableRandom random = new Seed(seed).random();
    StringBuilder text = new StringBuilder("id,y_true,score,split\n");
    addRows(text, random, n, split, 1);
    return text.toString();
  }

  private static void addRows(
      StringBuilder text, SplittableRandom random, int n, String split, double sureness) {
    for (int i = 0; i < n; i++) {
      int truth = random.nextInt(3) == 0 ? 1 : 0;
      double logit = 1.5 * truth - 1.2 + random.nextGaussian();
      double score = 1 / (1 + Math.exp(-sureness * logit));
      text.append("%s%d,%d,%s,%s\n".formatted(split, i, truth, score, split));
    }
  }

  @Test
  void thresholdsComeFromValidationRowsOnly() throws IOException {
    String validation = rows(400, 6, "val");
    StringBuilder first = new StringBuilder(validation);
    addRows(first, new Seed(7).random(), 200, "test", 1);
    StringBuilder second = new StringBuilder(validation);
    addRows(second, new Seed(8).random(), 200, "test", 1);

    EvaluationResult one = evaluate(Files.writeString(folder.resolve("1.csv"), first));
    EvaluationResult two = evaluate(Files.writeString(folder.resolve("2.csv"), second));

    assertThat(one.validation()).isEqualTo(400);
    assertThat(one.n()).isEqualTo(200);
    assertThat(one.operatingPoints()).hasSize(OperatingRule.values().length);
    for (int i = 0; i < one.operatingPoints().size(); i++) {
      assertThat(one.operatingPoints().get(i).threshold())
          .isEqualTo(two.operatingPoints().get(i).threshold());
      assertThat(one.operatingPoints().get(i).figures())
          .isNotEqualTo(two.operatingPoints().get(i).figures());
    }
  }

  @Test
  void temperatureScalingMendsOverconfidence() throws IOException {
    StringBuilder text = new StringBuilder("id,y_true,score,split\n");
    SplittableRandom random = new Seed(9).random();
    addCalibrated(text, random, 3000, "val");
    addCalibrated(text, random, 3000, "test");

    EvaluationResult result = evaluate(Files.writeString(folder.resolve("t.csv"), text));

    Temperature temperature = result.temperature().orElseThrow();
    // The scores are calibrated logits times 3.
    assertThat(temperature.temperatures().get(0)).isCloseTo(3, within(0.3));
    assertThat(estimate(temperature.figures(), "ece").value())
        .isLessThan(0.5 * estimate(result.figures(), "ece").value());
    assertThat(estimate(temperature.figures(), "brier").value())
        .isLessThan(estimate(result.figures(), "brier").value());
  }

  private static void addCalibrated(
      StringBuilder text, SplittableRandom random, int n, String split) {
    for (int i = 0; i < n; i++) {
      double logit = 1.5 * random.nextGaussian();
      int truth = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
      double score = 1 / (1 + Math.exp(-3 * logit));
      text.append("%s%d,%d,%s,%s\n".formatted(split, i, truth, score, split));
    }
  }

  @Test
  void withoutValidationRowsNothingIsChosen() throws IOException {
    Path file = Files.writeString(folder.resolve("p.csv"), rows(100, 5, "test"));
    PredictionFile read = PredictionsReader.read(file, ReadOptions.standard(), Progress.NONE);

    EvaluationResult result = evaluate(file);

    assertThat(result.operatingPoints()).isEmpty();
    assertThat(result.temperature()).isEmpty();
    ThresholdChoice rule = new ThresholdChoice(Double.NaN, Optional.of(OperatingRule.YOUDEN));
    assertThatThrownBy(() -> Evaluation.of(read, settings(1, rule), Progress.NONE))
        .hasMessageContaining("no validation rows");
  }

  @Test
  void aSingleClassHasNoAreaAndNeverOneHalf() throws IOException {
    Path file =
        Files.writeString(folder.resolve("p.csv"), "id,y_true,score\na,1,0.2\nb,1,0.7\nc,1,0.9\n");

    EvaluationResult result = evaluate(file);

    assertThat(estimate(result.figures(), "auroc").value()).isNaN();
    assertThat(estimate(result.figures(), "auprc").value()).isNaN();
    assertThat(estimate(result.figures(), "auroc").n()).isEqualTo(3);
    assertThat(estimate(result.figures(), "accuracy").value()).isCloseTo(2 / 3.0, within(1e-12));
  }
}
