package dev.auscult.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.DeLong;
import dev.auscult.metric.McNemar;
import dev.auscult.metric.StudentT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
  private final Path folder;

  ComparisonTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private PredictionFile read(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return PredictionsReader.read(file, ReadOptions.standard(), Progress.NONE);
  }

  private static EvaluationSettings settings(long seed, ThresholdChoice threshold) {
    return new EvaluationSettings(
        new Bootstrap(Bootstrap.Kind.BCA, 200, 0.95, new Seed(seed)),
        2,
        ScoreKind.PROBABILITY,
        10,
        threshold,
        Intersections.NONE,
        20);
  }

  private EvaluationResult evaluate(String first, String second) throws IOException {
    return Evaluation.compare(
        read("a.csv", first),
        read("b.csv", second),
        settings(1, ThresholdChoice.HALF),
        Progress.NONE);
  }

  private Comparison compare(String first, String second) throws IOException {
    return evaluate(first, second).comparison().orElseThrow();
  }

  private static ComparedFigure figure(Comparison comparison, String className, String metric) {
    return comparison.figures().stream()
        .filter(figure -> figure.className().orElse("").equals(className))
        .filter(figure -> figure.metric().equals(metric))
        .findFirst()
        .orElseThrow();
  }

  /** Lines in any order under the same header. */
  private static String csv(String header, List<String> rows) {
    return header + "\n" + String.join("\n", rows) + "\n";
  }

  @Test
  void areasAreComparedAsDeLongDid() throws IOException {
    double[] a = {.1, .2, .3, .6, .4, .35, .5, .7, .8, .9};
    double[] b = {.3, .1, .5, .4, .6, .2, .45, .55, .7, .65};
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      first.add("i%d,%d,%s".formatted(i, i < 5 ? 0 : 1, a[i]));
      second.add(0, "%s,i%d,%d".formatted(b[i], i, i < 5 ? 0 : 1));
    }

    Comparison comparison = compare(csv("id,y_true,score", first), csv("score,id,y_true", second));

    ComparedFigure auroc = figure(comparison, "", FigureNames.AUROC);
    assertThat(auroc.first().value()).isCloseTo(.88, within(1e-12));
    assertThat(auroc.second().value()).isCloseTo(.72, within(1e-12));
    assertThat(auroc.difference().value()).isCloseTo(.16, within(1e-12));
    assertThat(auroc.test().orElseThrow().kind()).isEqualTo(PairedTest.Kind.DELONG);
    assertThat(auroc.test().orElseThrow().p()).isCloseTo(.2482131, within(1e-7));
    assertThat(auroc.test().orElseThrow().hasFewPatients()).isTrue();
    assertThat(auroc.test().orElseThrow().cautious()).isBetween(.27, .30);
    assertThat(auroc.test().orElseThrow().adjusted())
        .isGreaterThanOrEqualTo(auroc.test().orElseThrow().cautious());
    ComparedFigure accuracy = figure(comparison, "", FigureNames.ACCURACY);
    McNemar calls = accuracy.test().flatMap(PairedTest::calls).orElseThrow();
    // At 0.5 a errs on rows 3 and 5 (0.5 is called), b on rows 2, 4, 5 and 6.
    assertThat(calls.onlyFirst()).isEqualTo(3);
    assertThat(calls.onlySecond()).isEqualTo(1);
    assertThat(accuracy.difference().value()).isCloseTo(.2, within(1e-12));
  }

  @Test
  void aModelDoesNotDifferFromItselfInAnyOrderOfRowsAndClasses() throws IOException {
    SplittableRandom random = new Seed(4).random();
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String truth = List.of("x", "y", "z").get(random.nextInt(3));
      double x = random.nextDouble() / 2;
      double y = random.nextDouble() / 2;
      first.add("%d,%s,%s,%s,%s,p%d".formatted(i, truth, x, y, 1 - x - y, i / 3));
      second.add(
          random.nextInt(second.size() + 1), "%s,%s,%s,%s,%d".formatted(1 - x - y, truth, x, y, i));
    }

    Comparison comparison =
        compare(
            csv("id,y_true,score.x,score.y,score.z,patient", first),
            csv("score.z,y_true,score.x,score.y,id", second));

    assertThat(comparison.figures()).hasSizeGreaterThan(30);
    for (ComparedFigure figure : comparison.figures()) {
      if (!Double.isNaN(figure.first().value())) {
        assertThat(figure.difference().value()).as(figure.metric()).isZero();
        assertThat(figure.test().map(PairedTest::p).orElse(1.0)).isEqualTo(1);
      }
    }
    assertThat(comparison.findings()).isEmpty();
  }

  /** The second model's figures are those that it has alone. */
  @Test
  void eachModelKeepsItsOwnFiguresPerLabel() throws IOException {
    String first = labels(5, 2.0);
    String second = labels(5, 0.2);

    EvaluationResult alone =
        Evaluation.of(read("alone.csv", second), settings(1, ThresholdChoice.HALF), Progress.NONE);
    EvaluationResult both = evaluate(first, second);

    Comparison comparison = both.comparison().orElseThrow();
    alone
        .figures()
        .forEach(
            (name, estimate) ->
                assertThat(figure(comparison, "", name).second()).as(name).isEqualTo(estimate));
    for (ClassResult label : alone.classes()) {
      label
          .figures()
          .forEach(
              (name, estimate) ->
                  assertThat(figure(comparison, label.name(), name).second()).isEqualTo(estimate));
    }
    assertThat(figure(comparison, "u", FigureNames.AUROC).differs()).isTrue();
    assertThat(figure(comparison, "u", FigureNames.ACCURACY).test().orElseThrow().kind())
        .isEqualTo(PairedTest.Kind.MCNEMAR);
    assertThat(figure(comparison, "", FigureNames.SUBSET_ACCURACY).differs()).isTrue();
    assertThat(both.figures())
        .isEqualTo(
            Evaluation.of(read("a.csv", first), settings(1, ThresholdChoice.HALF), Progress.NONE)
                .figures());
  }

  private static String labels(long seed, double distance) {
    SplittableRandom truth = new Seed(seed).random();
    SplittableRandom noise = new Seed(seed).derive("noise " + distance).random();
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int u = truth.nextInt(2);
      int v = truth.nextInt(2);
      rows.add(
          "%d,%d,%d,%s,%s"
              .formatted(i, u, v, score(noise, u, distance), score(noise, v, distance)));
    }
    return csv("id,y_true.u,y_true.v,score.u,score.v", rows);
  }

  private static String score(SplittableRandom random, int truth, double distance) {
    double logit = distance * (truth - 0.5) + random.nextGaussian();
    return String.format(Locale.ROOT, "%.9f", 1 / (1 + Math.exp(-logit)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a,1,.9;b,0,.2     | a,1,.8;c,0,.1       | a.csv line 3: found an id that * does not evaluate (1 such row in all)
          a,1,.9;b,0,.2     | b,0,.1              | a.csv line 2: found an id that
          b,0,.2            | a,1,.8;b,0,.1       | b.csv line 2: found an id that
          a,1,.9;b,0,.2     | b,1,.8;a,1,.1       | b.csv line 2: found another truth than * line 3 has
          a,1,.9;b,0,.2     | b,0,.8;a,1,.1;b,0,1 | b.csv line 4, column 'id': found an id for the second time
          """)
  void refusesOtherSamplesAndTruthsByLine(String first, String second, String expected) {
    String[] words = expected.strip().split("\\*", -1);
    assertThatThrownBy(
            () ->
                compare(
                    csv("id,y_true,score", List.of(first.strip().split(";", -1))),
                    csv("id,y_true,score", List.of(second.strip().split(";", -1)))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(words[0].strip())
        .hasMessageContaining(words[words.length - 1].strip());
  }

  @Test
  void refusesOtherTasksClassesAndPatients() {
    String binary = "id,y_true,score,patient\na,1,.9,p\nb,0,.2,p\nc,0,.2,q\n";

    assertThatThrownBy(() -> compare(binary, "id,y_true,score.x,score.y\na,x,.5,.5\n"))
        .hasMessageContaining("one of several classes")
        .hasMessageContaining("a binary task");
    assertThatThrownBy(
            () ->
                compare(
                    "id,y_true,score.x,score.y\na,x,.5,.5\n",
                    "id,y_true,score.x,score.z\na,x,.5,.5\n"))
        .hasMessageContaining("b.csv line 1: found no class 'y'");
    assertThatThrownBy(
            () -> compare(binary, "id,y_true,score,patient\na,1,.9,p\nb,0,.2,q\nc,0,.2,q\n"))
        .hasMessageContaining("b.csv line 3: found a row that shares its patient");
  }

  @Test
  void eachModelHasItsThresholdFromItsOwnValidationRows() throws IOException {
    String header = "id,y_true,score,split\n";
    String first = header + "a,1,.9,val\nb,0,.2,val\nc,1,.95,test\nd,0,.5,test\n";
    String second = header + "a,1,.3,val\nb,0,.1,val\nc,1,.4,test\nd,0,.2,test\n";
    EvaluationSettings youden = settings(1, ThresholdChoice.parse("youden"));

    Comparison comparison =
        Evaluation.compare(read("a.csv", first), read("b.csv", second), youden, Progress.NONE)
            .comparison()
            .orElseThrow();

    assertThat(figure(comparison, "", FigureNames.ACCURACY).first().value()).isEqualTo(1);
    assertThat(figure(comparison, "", FigureNames.ACCURACY).second().value()).isEqualTo(1);
    PredictionFile without = read("b.csv", "id,y_true,score\nc,1,.4\nd,0,.2\n");
    PredictionFile whole = read("a.csv", first);
    assertThatThrownBy(() -> Evaluation.compare(whole, without, youden, Progress.NONE))
        .hasMessageContaining("b.csv: found no validation rows");
  }

  /** Two models of known, different quality that share most of their noise, and two equal ones. */
  @Test
  void differencesCoverTheTruthAndEqualModelsAreRarelyParted() throws IOException {
    double truth = 0.8019569 - 0.7491290; // areas of normals at 1.2 and 0.95 over the root of 2
    int trials = 100;
    int covered = 0;
    int ece = 0;
    int mistaken = 0;
    for (int trial = 0; trial < trials; trial++) {
      SplittableRandom random = new Seed(trial).random();
      List<List<String>> models = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (int i = 0; i < 160; i++) {
        int y = i % 2;
        double shared = 0.8 * random.nextGaussian();
        for (int model = 0; model < 3; model++) {
          double logit =
              (model == 1 ? 0.95 : 1.2) * (y - 0.5) + shared + 0.6 * random.nextGaussian();
          models.get(model).add("%d,%d,%s".formatted(i, y, 1 / (1 + Math.exp(-logit))));
        }
      }
      String header = "id,y_true,score";
      Comparison better = compare(csv(header, models.get(0)), csv(header, models.get(1)));
      Comparison equal = compare(csv(header, models.get(0)), csv(header, models.get(2)));
      ComparedFigure area = figure(better, "", FigureNames.AUROC);
      covered += area.difference().lo() <= truth && truth <= area.difference().hi() ? 1 : 0;
      ComparedFigure none = figure(equal, "", FigureNames.ECE);
      ece += none.difference().lo() <= 0 && 0 <= none.difference().hi() ? 1 : 0;
      mistaken += equal.findings().isEmpty() ? 0 : 1;
    }

    // The standard error of a rate of 0.95 or 0.05 from 100 trials is 0.022.
    assertThat(covered).isBetween(88, 100);
    assertThat(ece).isGreaterThan(88);
    assertThat(mistaken).isLessThan(12);
  }

  /** Of six patients with twelve rows each, of two equally good models. */
  @Test
  void theBootstrapKeepsItsLevelOfFewPatients() throws IOException {
    int trials = 200;
    int found = 0;
    int normal = 0;
    for (int trial = 0; trial < trials; trial++) {
      SplittableRandom random = new Seed(trial).random();
      List<String> first = new ArrayList<>();
      List<String> second = new ArrayList<>();
      for (int i = 0; i < 72; i++) {
        double away = i % 2 - 0.5;
        first.add("%d,%d,%s,p%d".formatted(i, i % 2, probability(random, away), i / 12));
        second.add("%d,%d,%s,p%d".formatted(i, i % 2, probability(random, away), i / 12));
      }
      Comparison comparison =
          compare(csv("id,y_true,score,patient", first), csv("id,y_true,score,patient", second));
      double p = figure(comparison, "", FigureNames.BRIER).test().orElseThrow().p();
      found += p < PairedTest.LEVEL ? 1 : 0;
      normal += p < StudentT.twoSided(1.959964, 5) ? 1 : 0; // beyond 1.96 standard errors
    }

    // The standard error of a rate of 0.05 from 200 trials is 0.015.
    assertThat(found / (double) trials).isLessThan(0.095);
    assertThat(normal / (double) trials).isGreaterThan(0.1);
  }

  private static double probability(SplittableRandom random, double away) {
    return 1 / (1 + Math.exp(-away - random.nextGaussian()));
  }

  /** One is always right, the other never: resamples agree, and four rows prove little. */
  @Test
  void differencesThatNoResampleDoubtsAreNotTestedByTheBootstrap() throws IOException {
    Comparison comparison =
        compare(
            "id,y_true,score\na,1,.9\nb,0,.1\nc,1,.8\nd,0,.2\n",
            "id,y_true,score\na,1,.1\nb,0,.9\nc,1,.2\nd,0,.8\n");

    for (String name : List.of(FigureNames.MACRO_F1, FigureNames.SENSITIVITY)) {
      assertThat(figure(comparison, "", name).difference().value()).isEqualTo(1);
      assertThat(figure(comparison, "", name).test()).isEqualTo(Optional.empty());
    }
    assertThat(figure(comparison, "", FigureNames.ACCURACY).test().orElseThrow().p())
        .isEqualTo(0.125);
  }

  @Test
  void undefinedAreasAreNotTested() throws IOException {
    Comparison comparison =
        compare("id,y_true,score\na,1,.9\nb,1,.8\n", "id,y_true,score\nb,1,.9\na,1,.7\n");

    assertThat(figure(comparison, "", FigureNames.AUROC).test()).isEqualTo(Optional.empty());
    assertThat(DeLong.of(new boolean[] {true}, new double[] {1}, new double[] {1}, .95).p())
        .isNaN();
  }
}
