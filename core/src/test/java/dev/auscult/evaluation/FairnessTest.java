package dev.auscult.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.metric.Bootstrap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Simulated predictions whose quality in each group is known. */
class FairnessTest {
  private final Path folder;

  FairnessTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** How far apart the scores of positives and negatives are. */
  private interface Quality {
    double of(String sex, String site);
  }

  private EvaluationResult evaluate(long seed, int n, Quality quality) throws IOException {
    SplittableRandom random = new Seed(seed).random();
    StringBuilder text = new StringBuilder("id,patient,y_true,score,group.sex,group.site\n");
    for (int i = 0; i < n; i++) {
      String sex = random.nextBoolean() ? "female" : "male";
      String site = List.of("A", "B", "C").get(random.nextInt(3));
      int truth = random.nextInt(2);
      double away = quality.of(sex, site);
      double logit = away * (truth - 0.5) + random.nextGaussian();
      text.append(
          "i%d,p%d,%d,%s,%s,%s\n"
              .formatted(i, i / 2, truth, 1 / (1 + Math.exp(-logit)), sex, site));
    }
    Path file = Files.writeString(folder.resolve("p" + seed + ".csv"), text);
    return Evaluation.of(
        PredictionsReader.read(file, ReadOptions.standard(), Progress.NONE),
        new EvaluationSettings(
            new Bootstrap(Bootstrap.Kind.BCA, 200, 0.95, new Seed(seed)),
            2,
            ScoreKind.PROBABILITY,
            10,
            ThresholdChoice.HALF,
            Intersections.PAIRS,
            20),
        Progress.NONE);
  }

  private static Set<String> found(EvaluationResult result) {
    return result.findings().stream()
        .map(finding -> finding.attribute() + "=" + finding.value())
        .collect(Collectors.toSet());
  }

  @Test
  void findsTheGroupThatIsServedWorseAndNoOther() throws IOException {
    EvaluationResult result = evaluate(1, 3000, (sex, site) -> site.equals("B") ? 0.6 : 2.4);

    assertThat(found(result)).containsExactly("site=B");
  }

  @Test
  void findsAnIntersectionOnlyWhereBothItsGroupsServeOthersBetter() throws IOException {
    EvaluationResult result =
        evaluate(2, 4000, (sex, site) -> site.equals("C") && sex.equals("female") ? -0.5 : 2.4);

    assertThat(found(result)).contains("sex & site=female & C");
    assertThat(found(result)).doesNotContain("sex & site=male & C", "site=A", "site=B");
  }

  @Test
  void findsNothingWhereAllAreServedAlike() throws IOException {
    int mistaken = 0;
    for (int seed = 10; seed < 40; seed++) {
      mistaken += found(evaluate(seed, 400, (sex, site) -> 1.5)).isEmpty() ? 0 : 1;
    }

    // At a family-wise level of 5 % at most 1.5 of 30 are expected; 5 have a chance below 2 %.
    assertThat(mistaken).isLessThan(5);
  }

  @Test
  void showsSmallGroupsAndComparesThemNot() throws IOException {
    StringBuilder text = new StringBuilder("id,y_true,score,group.site\n");
    for (int i = 0; i < 100; i++) {
      text.append("i%d,%d,0.%d,%s\n".formatted(i, i % 2, 10 + i % 80, i < 5 ? "tiny" : "large"));
    }
    text.append("last,1,0.5,\n");
    Path file = Files.writeString(folder.resolve("small.csv"), text);

    EvaluationResult result =
        Evaluation.of(
            PredictionsReader.read(file, ReadOptions.standard(), Progress.NONE),
            new EvaluationSettings(
                new Bootstrap(Bootstrap.Kind.BCA, 100, 0.95, new Seed(1)),
                1,
                ScoreKind.PROBABILITY,
                10,
                ThresholdChoice.HALF,
                Intersections.NONE,
                20),
            Progress.NONE);

    assertThat(result.groups())
        .extracting(GroupResult::value, GroupResult::n, GroupResult::standing)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("large", 95, GroupResult.Standing.RANKED),
            org.assertj.core.groups.Tuple.tuple("tiny", 5, GroupResult.Standing.TOO_SMALL),
            org.assertj.core.groups.Tuple.tuple("unknown", 1, GroupResult.Standing.UNKNOWN));
    assertThat(result.gaps()).isEmpty();
    assertThat(result.tests()).extracting(Finding::value).containsOnly("large");
  }
}
