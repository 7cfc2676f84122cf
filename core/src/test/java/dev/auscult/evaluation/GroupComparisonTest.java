package dev.auscult.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.Holm;
import dev.auscult.metric.TestedDifference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two models on the subgroups of the same patients. */
class GroupComparisonTest {
  private static final String HEADER = "id,patient,y_true,score,group.site,group.sex\n";

  private final Path folder;

  GroupComparisonTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** The second model is as good as the first, but at site B by {@code harm} less. */
  private EvaluationResult compare(long seed, double harm, Intersections intersections)
      throws IOException {
    SplittableRandom random = new Seed(seed).random();
    StringBuilder first = new StringBuilder(HEADER);
    StringBuilder second = new StringBuilder(HEADER);
    for (int i = 0; i < 300; i++) {
      int patient = i / 2;
      String row = "%d,p%d,%d,%s,%s,%s\n";
      String site = List.of("A", "B", "C").get(patient % 3);
      String sex = patient % 200 == 7 ? "x" : patient % 4 < 2 ? "f" : "m";
      int truth = random.nextInt(2);
      double away = 2 * (truth - 0.5);
      double worse = site.equals("B") ? away * (1 - harm) : away;
      first.append(row.formatted(i, patient, truth, probability(random, away), site, sex));
      second.append(row.formatted(i, patient, truth, probability(random, worse), site, sex));
    }
    EvaluationSettings settings =
        new EvaluationSettings(
            new Bootstrap(Bootstrap.Kind.BCA, 200, 0.95, new Seed(seed)),
            2,
            ScoreKind.PROBABILITY,
            10,
            ThresholdChoice.HALF,
            intersections,
            20);
    return Evaluation.compare(read("a.csv", first), read("b.csv", second), settings, Progress.NONE);
  }

  private PredictionFile read(String name, StringBuilder text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return PredictionsReader.read(file, ReadOptions.standard(), Progress.NONE);
  }

  private static double probability(SplittableRandom random, double away) {
    return 1 / (1 + Math.exp(-away - random.nextGaussian()));
  }

  @Test
  void theGroupThatTheSecondModelServesWorseIsFoundAndNoOther() throws IOException {
    Comparison comparison = compare(1, 1, Intersections.NONE).comparison().orElseThrow();

    assertThat(comparison.groupFindings())
        .isNotEmpty()
        .allMatch(group -> group.value().equals("B"))
        .allMatch(group -> group.difference().difference().lo() > 0);
    assertThat(comparison.groups().stream().map(ComparedGroup::value).distinct())
        .as("the single patient of sex x is not compared")
        .containsExactly("A", "B", "C", "f", "m");
    assertThat(comparison.groups()).hasSize(5 * 4);
    assertThat(comparison.groups().get(0).n()).isEqualTo(100);
    assertThat(comparison.groups().get(0).patients()).isEqualTo(50);
  }

  @Test
  void everyFigureIsThatOfTheGroupAlone() throws IOException {
    EvaluationResult both = compare(2, 0.3, Intersections.PAIRS);
    EvaluationResult second =
        Evaluation.of(
            PredictionsReader.read(folder.resolve("b.csv"), ReadOptions.standard(), Progress.NONE),
            new EvaluationSettings(
                new Bootstrap(Bootstrap.Kind.BCA, 200, 0.95, new Seed(2)),
                1,
                ScoreKind.PROBABILITY,
                10,
                ThresholdChoice.HALF,
                Intersections.PAIRS,
                20),
            Progress.NONE);
    List<ComparedGroup> compared = both.comparison().orElseThrow().groups();

    assertThat(compared.stream().anyMatch(ComparedGroup::intersection)).isTrue();
    for (ComparedGroup group : compared) {
      if (group.metric().equals(FigureNames.AUROC)) {
        assertThat(group.first()).isEqualTo(auroc(both, group));
        assertThat(group.second()).isEqualTo(auroc(second, group));
        assertThat(group.difference().difference().value())
            .isCloseTo(group.first().value() - group.second().value(), within(1e-15));
      }
    }
    List<Double> p = new ArrayList<>();
    compared.forEach(group -> p.add(group.difference().p()));
    assertThat(compared.stream().map(group -> group.difference().adjusted()))
        .containsExactlyElementsOf(Holm.adjusted(p));
  }

  private static Estimate auroc(EvaluationResult result, ComparedGroup group) {
    return result.groups().stream()
        .filter(one -> one.attribute().equals(group.attribute()))
        .filter(one -> one.value().equals(group.value()))
        .map(one -> one.figures().get(FigureNames.AUROC))
        .findFirst()
        .orElseThrow();
  }

  /** In at most one of twenty comparisons of equal models any group is named. */
  @Test
  void equalModelsAreSeldomPartedOnAnyGroup() throws IOException {
    int trials = 60;
    int found = 0;
    for (int trial = 0; trial < trials; trial++) {
      Comparison comparison =
          compare(100 + trial, 0, Intersections.NONE).comparison().orElseThrow();
      found +=
          comparison.groups().stream()
                  .map(ComparedGroup::difference)
                  .anyMatch(TestedDifference::significant)
              ? 1
              : 0;
    }

    // The standard error of a rate of 0.05 from 60 trials is 0.028.
    assertThat(found).isLessThan(9);
  }
}
