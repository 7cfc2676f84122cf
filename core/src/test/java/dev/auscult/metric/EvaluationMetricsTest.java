package dev.auscult.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Seed;
import dev.auscult.metric.Calibration.Edges;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Metrics against scikit-learn, torchmetrics, SciPy and statsmodels
 * (conformance/evaluation_metrics.py) and the figures that can be reckoned by hand.
 */
class EvaluationMetricsTest {
  /** Sums in another order differ in the last bits only. */
  private static final Offset<Double> EXACT = within(1e-12);

  private static final JsonNode REFERENCE = reference();

  private static JsonNode reference() {
    String name = "evaluation-metrics.json";
    try (InputStream in = EvaluationMetricsTest.class.getResourceAsStream(name)) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double[] doubles(JsonNode json) {
    return json.valueStream().mapToDouble(JsonNode::doubleValue).toArray();
  }

  private static int[] ints(JsonNode json) {
    return json.valueStream().mapToInt(JsonNode::intValue).toArray();
  }

  private static boolean[] booleans(JsonNode json) {
    boolean[] values = new boolean[json.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = json.get(i).intValue() == 1;
    }
    return values;
  }

  private static void assertSame(JsonNode row, String key, double found) {
    if (row.get(key).isNull()) {
      assertThat(found).as("%s of %s", key, row.get("name")).isNaN();
    } else {
      assertThat(found)
          .as("%s of %s", key, row.get("name"))
          .isCloseTo(row.get(key).doubleValue(), EXACT);
    }
  }

  @Test
  void rankingsAgreeWithScikitLearn() {
    for (JsonNode row : REFERENCE.get("binary")) {
      Ranking ranking = Ranking.of(doubles(row.get("score")), booleans(row.get("y")));

      assertSame(row, "auroc", ranking.auroc());
      assertSame(row, "auprc", ranking.averagePrecision());
      assertSame(row, "sensitivity_at_95_specificity", ranking.sensitivityAt(0.95));
    }
  }

  @Test
  void curvesAgreeWithScikitLearn() {
    for (JsonNode row : REFERENCE.get("binary")) {
      if (row.get("roc").isNull()) {
        continue;
      }
      List<Ranking.Cut> cuts = Ranking.of(doubles(row.get("score")), booleans(row.get("y"))).cuts();

      double[] thresholds = doubles(row.get("roc").get("threshold"));
      assertThat(cuts).as("%s", row.get("name")).hasSameSizeAs(thresholds);
      for (int i = 0; i < thresholds.length; i++) {
        assertThat(cuts.get(i).threshold()).isEqualTo(thresholds[i]);
        assertThat(cuts.get(i).counts().falsePositiveRate())
            .isCloseTo(row.get("roc").get("fpr").get(i).doubleValue(), EXACT);
        assertThat(cuts.get(i).counts().sensitivity())
            .isCloseTo(row.get("roc").get("tpr").get(i).doubleValue(), EXACT);
      }
    }
  }

  @Test
  void calibrationAgreesWithTorchmetricsAndScikitLearn() {
    for (JsonNode row : REFERENCE.get("binary")) {
      double[] score = doubles(row.get("score"));
      boolean[] truth = booleans(row.get("y"));
      int bins = row.get("bins").intValue();

      Calibration torch = Calibration.of(score, truth, bins, Edges.LOWER_CLOSED);
      Calibration scikit = Calibration.of(score, truth, bins, Edges.UPPER_CLOSED);

      assertSame(row, "ece", torch.ece());
      assertSame(row, "rms", torch.rootMeanSquareGap());
      assertSame(row, "max", torch.largestGap());
      assertSame(row, "ece_unweighted", scikit.unweightedGap());
    }
  }

  @Test
  void thresholdedCallsAgreeWithScikitLearn() {
    for (JsonNode row : REFERENCE.get("binary")) {
      double[] score = doubles(row.get("score"));
      int[] called = new int[score.length];
      for (int i = 0; i < called.length; i++) {
        called[i] = score[i] >= 0.5 ? 1 : 0;
      }

      ConfusionMatrix matrix = ConfusionMatrix.of(ints(row.get("y")), called, 2);

      assertSame(row, "accuracy", matrix.accuracy());
      assertSame(row, "macro_f1", matrix.macroF1());
    }
  }

  @Test
  void callsOfSeveralClassesAgreeWithScikitLearn() {
    for (JsonNode row : REFERENCE.get("calls")) {
      ConfusionMatrix matrix =
          ConfusionMatrix.of(
              ints(row.get("y")), ints(row.get("called")), row.get("classes").intValue());

      assertSame(row, "accuracy", matrix.accuracy());
      assertSame(row, "balanced_accuracy", matrix.balancedAccuracy());
      assertSame(row, "macro_recall", matrix.macroRecall());
      assertSame(row, "macro_precision", matrix.macroPrecision());
      assertSame(row, "macro_f1", matrix.macroF1());
      for (int truth = 0; truth < matrix.classes(); truth++) {
        for (int called = 0; called < matrix.classes(); called++) {
          assertThat(matrix.count(truth, called))
              .isEqualTo(row.get("confusion").get(truth).get(called).longValue());
        }
      }
      assertSameClasses(row, matrix);
    }
  }

  private static void assertSameClasses(JsonNode row, ConfusionMatrix matrix) {
    int[] present = ints(row.get("present"));
    for (int i = 0; i < present.length; i++) {
      ClassCounts counts = matrix.counts(present[i]);

      assertThat(counts.f1()).isCloseTo(row.get("f1").get(i).doubleValue(), EXACT);
      // What scikit-learn sets to 0 with a warning is undefined here.
      assertThat(counts.positives() == 0 ? 0 : counts.sensitivity())
          .isCloseTo(row.get("recall").get(i).doubleValue(), EXACT);
      assertThat(Double.isNaN(counts.precision()) ? 0 : counts.precision())
          .isCloseTo(row.get("precision").get(i).doubleValue(), EXACT);
    }
  }

  @Test
  void comparesAreasAsDeLongDefines() {
    for (JsonNode row : REFERENCE.get("delong")) {
      DeLong found =
          DeLong.of(
              booleans(row.get("y")), doubles(row.get("first")), doubles(row.get("second")), 0.95);

      assertThat(found.first().value()).isCloseTo(row.get("auroc").get(0).doubleValue(), EXACT);
      assertThat(found.second().value()).isCloseTo(row.get("auroc").get(1).doubleValue(), EXACT);
      assertThat(found.z()).isCloseTo(row.get("z").doubleValue(), EXACT);
      assertThat(found.p()).isCloseTo(row.get("p").doubleValue(), EXACT);
      double half = 1.959963984540054 * Math.sqrt(row.get("variance").get(0).doubleValue());
      assertThat(found.first().hi())
          .isCloseTo(Math.min(1, row.get("auroc").get(0).doubleValue() + half), EXACT);
    }
  }

  @Test
  void repeatingEachObservationOfAPatientTellsNothingNew() {
    boolean[] positive = {false, false, false, false, false, true, true, true, true, true};
    double[] a = {.1, .2, .3, .6, .4, .35, .5, .7, .8, .9};
    double[] b = {.3, .1, .5, .4, .6, .2, .45, .55, .7, .65};
    int n = positive.length;
    boolean[] twice = new boolean[2 * n];
    double[] first = new double[2 * n];
    double[] second = new double[2 * n];
    int[] patient = new int[2 * n];
    for (int i = 0; i < 2 * n; i++) {
      twice[i] = positive[i % n];
      first[i] = a[i % n];
      second[i] = b[i % n];
      patient[i] = i % n;
    }

    DeLong once = DeLong.of(positive, a, b, 0.95);
    DeLong repeated = DeLong.of(twice, first, second, patient, n, 0.95);

    assertThat(repeated.z()).isCloseTo(once.z(), within(1e-12));
    assertThat(DeLong.of(twice, first, second, 0.95).z()).isGreaterThan(1.3 * once.z());
    boolean[] firstRight = {true, true, true, true, true, true, false, true};
    boolean[] secondRight = {false, false, false, false, true, true, true, false};
    boolean[] rightTwice = new boolean[16];
    boolean[] otherTwice = new boolean[16];
    int[] of = new int[16];
    for (int i = 0; i < 16; i++) {
      rightTwice[i] = firstRight[i / 2];
      otherTwice[i] = secondRight[i / 2];
      of[i] = i / 2;
    }
    McNemar calls = McNemar.of(firstRight, secondRight);
    assertThat(calls.p()).isCloseTo(2 * 7 / 64.0, within(1e-12));
    assertThat(McNemar.of(rightTwice, otherTwice, of, 8).p()).isCloseTo(calls.p(), within(1e-12));
    assertThat(McNemar.of(rightTwice, otherTwice, of, 8).onlyFirst()).isEqualTo(10);
  }

  /** Of five patients there are 32 ways to exchange, however many images each has. */
  @Test
  void fewPatientsWithManyImagesAreComputedExactly() {
    int images = 700;
    boolean[] right = new boolean[5 * images];
    boolean[] wrong = new boolean[5 * images];
    int[] patient = new int[5 * images];
    for (int i = 0; i < right.length; i++) {
      patient[i] = i / images;
      right[i] = i % images > patient[i];
    }

    assertThat(McNemar.of(right, wrong, patient, 5).p()).isCloseTo(2 / 32.0, within(1e-12));
  }

  /** Scores of equal quality that patients' images share; only chance tells them apart. */
  @Test
  void patientsWithSeveralImagesDoNotMakeComparisonsSurerThanTheyAre() {
    int trials = 400;
    int area = 0;
    int naive = 0;
    int calls = 0;
    for (int trial = 0; trial < trials; trial++) {
      SplittableRandom random = new Seed(trial).random();
      int patients = 60;
      boolean[] positive = new boolean[4 * patients];
      double[] first = new double[positive.length];
      double[] second = new double[positive.length];
      boolean[] firstRight = new boolean[positive.length];
      boolean[] secondRight = new boolean[positive.length];
      int[] patient = new int[positive.length];
      for (int p = 0; p < patients; p++) {
        double a = random.nextGaussian();
        double b = random.nextGaussian();
        int ill = random.nextInt(5);
        for (int i = 4 * p; i < 4 * p + 4; i++) {
          patient[i] = p;
          positive[i] = i - 4 * p < ill;
          first[i] = a + 0.3 * random.nextGaussian() + (positive[i] ? 1 : 0);
          second[i] = b + 0.3 * random.nextGaussian() + (positive[i] ? 1 : 0);
          firstRight[i] = positive[i] == first[i] > 0.5;
          secondRight[i] = positive[i] == second[i] > 0.5;
        }
      }
      area += DeLong.of(positive, first, second, patient, patients, 0.95).p() < 0.05 ? 1 : 0;
      naive += DeLong.of(positive, first, second, 0.95).p() < 0.05 ? 1 : 0;
      calls += McNemar.of(firstRight, secondRight, patient, patients).p() < 0.05 ? 1 : 0;
    }

    // The standard error of a rate of 0.05 from 400 trials is 0.011.
    assertThat(area / (double) trials).isBetween(0.015, 0.09);
    assertThat(calls / (double) trials).isBetween(0.01, 0.085);
    assertThat(naive / (double) trials).isGreaterThan(0.1);
  }

  /** Six patients with six images each, of two equally good models. */
  @Test
  void keepsItsLevelOfFewPatients() {
    int trials = 2000;
    int found = 0;
    int normal = 0;
    for (int trial = 0; trial < trials; trial++) {
      SplittableRandom random = new Seed(trial).random();
      boolean[] positive = new boolean[36];
      double[] first = new double[36];
      double[] second = new double[36];
      int[] patient = new int[36];
      double a = 0;
      double b = 0;
      for (int i = 0; i < 36; i++) {
        a = i % 6 == 0 ? random.nextGaussian() : a;
        b = i % 6 == 0 ? random.nextGaussian() : b;
        patient[i] = i / 6;
        positive[i] = i % 2 == 0;
        first[i] = (positive[i] ? 0.5 + a : 0) + random.nextGaussian();
        second[i] = (positive[i] ? 0.5 + b : 0) + random.nextGaussian();
      }
      DeLong test = DeLong.of(positive, first, second, patient, 6, 0.95);
      found += test.p() < 0.05 ? 1 : 0;
      normal += Math.abs(test.z()) > 1.959964 ? 1 : 0;
      assertThat(test.p()).isCloseTo(StudentT.twoSided(test.z(), 5), EXACT);
    }

    // The standard error of a rate of 0.05 from 2000 trials is 0.005.
    assertThat(found / (double) trials).isBetween(0.02, 0.07);
    assertThat(normal / (double) trials).isGreaterThan(0.085);
  }

  /** Quantiles of printed tables of Student's t. */
  @Test
  void studentsTIsThatOfTheTables() {
    assertThat(StudentT.twoSided(-2.570582, 5)).isCloseTo(0.05, within(1e-7));
    assertThat(StudentT.quantile(0.975, 9)).isCloseTo(2.262157, within(1e-6));
    assertThat(StudentT.twoSided(1.959964, Double.POSITIVE_INFINITY)).isCloseTo(0.05, within(1e-7));
    assertThat(StudentT.twoSided(2, 0)).isNaN();
    assertThat(StudentT.twoSided(Double.NaN, 3)).isNaN();
  }

  @Test
  void findsTheTemperatureOfTheGreatestLikelihood() {
    for (JsonNode row : REFERENCE.get("temperature")) {
      double[][] logits =
          row.get("logits")
              .valueStream()
              .map(EvaluationMetricsTest::doubles)
              .toArray(double[][]::new);

      double found = TemperatureScaling.fit(logits, ints(row.get("y")));

      // SciPy's search on the loss itself is exact to about the root of the rounding, 1e-7.
      assertThat(found / row.get("temperature").doubleValue()).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void knowsNoTemperatureOfPerfectlyPartedData() {
    double[][] logits = {{2, 0}, {0, 1}, {3, 1}};

    assertThat(TemperatureScaling.fit(logits, new int[] {0, 1, 0})).isNaN();
    assertThat(TemperatureScaling.fit(new double[0][], new int[0])).isNaN();
  }

  @Test
  void testsPairedCallsAsStatsmodelsDoes() {
    for (JsonNode row : REFERENCE.get("mcnemar")) {
      int onlyFirst = row.get("only_first").intValue();
      int onlySecond = row.get("only_second").intValue();
      boolean[] first = new boolean[onlyFirst + onlySecond + 2];
      boolean[] second = new boolean[first.length];
      for (int i = 0; i < first.length; i++) {
        first[i] = i < onlyFirst || i == first.length - 1;
        second[i] = (i >= onlyFirst && i < onlyFirst + onlySecond) || i == first.length - 1;
      }

      McNemar found = McNemar.of(first, second);

      assertThat(found.onlyFirst()).isEqualTo(onlyFirst);
      assertThat(found.onlySecond()).isEqualTo(onlySecond);
      assertThat(found.p()).isCloseTo(row.get("p").doubleValue(), EXACT);
    }
  }

  /** The numbers that the specification states, reckoned by hand. */
  @Test
  void givesTheNumbersOfTheSpecification() {
    ConfusionMatrix matrix =
        ConfusionMatrix.of(new int[] {0, 1, 2, 0, 1, 2}, new int[] {0, 2, 1, 0, 0, 1}, 3);
    Ranking four = ranking(new int[] {0, 0, 1, 1}, 0.1, 0.4, 0.35, 0.8);
    Ranking ties = ranking(new int[] {0, 1, 0, 1}, 0.5, 0.5, 0.2, 0.9);
    double[] p = {0.25, 0.25, 0.55, 0.75, 0.75};
    boolean[] y = {false, false, true, true, true};
    Calibration calibration = Calibration.of(p, y, 2, Edges.LOWER_CLOSED);

    assertThat(matrix.macroRecall()).isCloseTo(1 / 3.0, EXACT);
    assertThat(matrix.macroF1()).isCloseTo(0.2667, within(5e-5));
    assertThat(four.auroc()).isEqualTo(0.75);
    assertThat(four.averagePrecision()).isCloseTo(0.8333, within(5e-5));
    assertThat(four.sensitivityAt(0.95)).isEqualTo(0.5);
    assertThat(ties.auroc()).isEqualTo(0.875);
    assertThat(calibration.ece()).isCloseTo(0.2900, within(5e-5));
    assertThat(calibration.rootMeanSquareGap()).isCloseTo(0.2918, within(5e-5));
    assertThat(calibration.largestGap()).isCloseTo(0.3167, within(5e-5));
    assertThat(Calibration.of(p, y, 2, Edges.UPPER_CLOSED).unweightedGap())
        .isCloseTo(0.2833, within(5e-5));
  }

  @Test
  void givesDeLongsNumbersOfTheSpecification() {
    boolean[] positive = {false, false, false, false, false, true, true, true, true, true};
    double[] a = {0.1, 0.2, 0.3, 0.6, 0.4, 0.35, 0.5, 0.7, 0.8, 0.9};
    double[] b = {0.3, 0.1, 0.5, 0.4, 0.6, 0.2, 0.45, 0.55, 0.7, 0.65};

    DeLong found = DeLong.of(positive, a, b, 0.95);

    assertThat(found.first().value()).isCloseTo(0.88, EXACT);
    assertThat(found.second().value()).isCloseTo(0.72, EXACT);
    assertThat(found.z()).isCloseTo(1.1547005, within(5e-8));
    assertThat(found.p()).isCloseTo(0.2482131, within(5e-8));
  }

  /** An area is linear in its structural components: means of fits are means of areas. */
  @Test
  void comparesMeanAreasOfSeveralFits() {
    boolean[] positive = {false, false, false, true, true, true, false, true};
    double[] a = {0.1, 0.2, 0.6, 0.35, 0.5, 0.9, 0.3, 0.4};
    double[] b = {0.3, 0.1, 0.4, 0.2, 0.45, 0.65, 0.7, 0.6};
    double[] c = {0.2, 0.5, 0.1, 0.4, 0.3, 0.8, 0.6, 0.7};

    DeLong single = DeLong.of(positive, a, b, 0.95);
    DeLong same = DeLong.of(positive, List.of(a, a), List.of(b, b), 0.95);
    DeLong mixed = DeLong.of(positive, List.of(a, c), List.of(b, b), 0.95);

    assertThat(same.p()).isCloseTo(single.p(), EXACT);
    assertThat(same.difference().lo()).isCloseTo(single.difference().lo(), EXACT);
    assertThat(mixed.first().value())
        .isCloseTo((single.first().value() + DeLong.auroc(positive, c, 0.95).value()) / 2, EXACT);
  }

  private static Ranking ranking(int[] truth, double... scores) {
    boolean[] positive = new boolean[truth.length];
    for (int i = 0; i < truth.length; i++) {
      positive[i] = truth[i] == 1;
    }
    return Ranking.of(scores, positive);
  }

  @Test
  void choosesThresholdsByTheirRules() {
    Ranking validation = ranking(new int[] {0, 0, 1, 0, 1, 1}, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6);

    assertThat(threshold(OperatingRule.YOUDEN, validation)).isEqualTo(0.5);
    assertThat(threshold(OperatingRule.F1, validation)).isEqualTo(0.3);
    assertThat(threshold(OperatingRule.SENSITIVITY_95, validation)).isEqualTo(0.3);
    assertThat(threshold(OperatingRule.SPECIFICITY_95, validation)).isEqualTo(0.5);
    assertThat(OperatingRule.YOUDEN.threshold(ranking(new int[] {1, 1}, 0.1, 0.2))).isEmpty();
    assertThat(OperatingRule.SPECIFICITY_95.threshold(ranking(new int[] {1, 0}, 0.1, 0.2)))
        .isEmpty();
  }

  private static double threshold(OperatingRule rule, Ranking ranking) {
    return rule.threshold(ranking).orElseThrow().threshold();
  }

  @Test
  void weighsGainAgainstHarm() {
    ClassCounts counts = new ClassCounts(30, 20, 10, 40);

    assertThat(counts.netBenefit(0.2)).isCloseTo(0.3 - 0.2 * 0.25, EXACT);
    assertThat(counts.selectionRate()).isEqualTo(0.5);
    assertThat(counts.negativePredictiveValue()).isEqualTo(0.8);
    assertThat(new ClassCounts(0, 0, 0, 3).sensitivity()).isNaN();
    assertThatThrownBy(() -> new ClassCounts(1, -1, 0, 0)).hasMessageContaining("-1");
  }

  @Test
  void refusesWhatIsNoScoreAndNoClass() {
    assertThatThrownBy(() -> ranking(new int[] {0, 1}, 0.5, Double.NaN))
        .hasMessageContaining("not a number");
    assertThatThrownBy(() -> ranking(new int[] {0, 1}, 0.5)).hasMessageContaining("1 scores");
    assertThatThrownBy(() -> ConfusionMatrix.of(new int[] {3}, new int[] {0}, 3))
        .hasMessageContaining("class 3");
    assertThatThrownBy(
            () -> Calibration.of(new double[] {1.5}, new boolean[] {true}, 2, Edges.LOWER_CLOSED))
        .hasMessageContaining("1.5");
  }
}
