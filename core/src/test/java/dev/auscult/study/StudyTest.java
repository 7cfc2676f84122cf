package dev.auscult.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.adapt.AdaptationTask;
import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.base.InterruptedRunException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.ClassConceptPrior;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.data.ImageFinding;
import dev.auscult.data.Sample;
import dev.auscult.data.SampleBuilder;
import dev.auscult.data.StudySplits.TrainingSplit;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingCache;
import dev.auscult.metric.Estimate;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small study with the shipped model on phantoms. */
class StudyTest {
  private static final ContentHash HASH = ContentHash.of("study");
  private static final StudyConfig CONFIG =
      StudyConfig.parse(
          """
          model: phantom
          data: "phantom:n=160,size=64,findings=padchest-gr-multiple,scanner=epsilon"
          prior: padchest-gr
          test: 0.25
          fractions: [0.3, 1]
          repetitions: 2
          methods: [zero-shot, scale, linear, tip]
          epochs: 3
          views: 1
          seed: 7
          """,
          "study.yaml");

  private static StudyData data;
  private static double logitScale;

  private final Path folder;

  StudyTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void embed(@TempDir Path folder) {
    Compute compute = new Compute(1, DType.FLOAT32, 0);
    compute.apply();
    Dataset dataset = Datasets.open(CONFIG.data());
    try (DualEncoder encoder = Models.load("phantom", compute, Progress.NONE)) {
      logitScale = encoder.logitScale();
      data =
          StudyData.prepare(
              CONFIG,
              dataset,
              new Embedder(encoder, compute, EmbeddingCache.none()),
              folder,
              Progress.NONE);
    }
  }

  private List<CellResult> run(Path where, int threads, Progress progress) {
    return new Study(CONFIG, data, logitScale, where, HASH).run(threads, progress);
  }

  @Test
  void everyMethodIsFittedOnEverySplit() {
    List<CellResult> results = run(folder, 2, Progress.NONE);

    assertThat(results).hasSize(4 * 2 * 2);
    assertThat(results)
        .allSatisfy(
            result -> {
              assertThat(result.scores().rows()).isEqualTo(data.tasks().get(0).test().size());
              assertThat(result.scores().columns()).isEqualTo(12);
            });
    assertThat(results.get(15).cell())
        .isEqualTo(new StudyCell("padchest-gr", StudyMethod.TIP, 1.0, 2));
  }

  @Test
  void scoresDoNotDependOnTheNumberOfThreads(@TempDir Path other) {
    List<CellResult> one = run(folder, 1, Progress.NONE);
    List<CellResult> three = run(other, 3, Progress.NONE);

    for (int i = 0; i < one.size(); i++) {
      assertThat(three.get(i).scores().toArray())
          .as(one.get(i).cell().toString())
          .isEqualTo(one.get(i).scores().toArray());
    }
  }

  @Test
  void aFinishedFitIsNotComputedAgain() throws IOException {
    run(folder, 2, Progress.NONE);
    List<Path> files = files();
    for (Path file : files) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
    }
    Files.delete(files.get(3));

    run(folder, 2, Progress.NONE);

    assertThat(files()).isEqualTo(files);
    for (Path file : files) {
      assertThat(Files.getLastModifiedTime(file).toMillis() == 1000)
          .as(file.toString())
          .isEqualTo(!file.equals(files.get(3)));
    }
  }

  @Test
  void whatIsFinishedWhenTheUserStopsIsKept(@TempDir Path whole) throws IOException {
    AtomicInteger steps = new AtomicInteger();
    Progress stopping =
        (task, total) ->
            new Progress.Task() {
              @Override
              public void advance(long n) {
                if (n > 0 && steps.incrementAndGet() == 3) {
                  throw new InterruptedRunException("stopped");
                }
              }

              @Override
              public void close() {}
            };

    assertThatThrownBy(() -> run(folder, 1, stopping)).isInstanceOf(InterruptedRunException.class);
    assertThat(files()).hasSizeBetween(2, 15);
    List<CellResult> resumed = run(folder, 1, Progress.NONE);
    List<CellResult> undisturbed = run(whole, 1, Progress.NONE);

    for (int i = 0; i < resumed.size(); i++) {
      assertThat(resumed.get(i).scores().toArray())
          .isEqualTo(undisturbed.get(i).scores().toArray());
    }
  }

  @Test
  void aDamagedOrForeignFitIsRefused() throws IOException {
    run(folder, 2, Progress.NONE);
    Path file = files().get(0);
    String content = Files.readString(file);

    for (String broken : List.of("{", "{}", content.replaceFirst("\\[\\[[^,]+,", "[["))) {
      Files.writeString(file, broken);
      assertThatThrownBy(() -> run(folder, 1, Progress.NONE))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(file.getFileName().toString())
          .hasMessageContaining("remove the file");
    }
  }

  @Test
  void noMethodSeesATestSample() {
    StudyTask task = data.tasks().get(0);
    Set<String> tested = Set.copyOf(task.tested().groups());

    for (TrainingSplit split : data.splits().training()) {
      for (StudyMethod method : StudyMethod.values()) {
        AdaptationTask given = task.adaptation(method, split, logitScale, new Seed(1));
        assertThat(given.train().groups()).doesNotContainAnyElementsOf(tested);
        assertThat(Set.copyOf(given.validation().groups())).doesNotContainAnyElementsOf(tested);
        int fitted = given.train().size() / 2;
        assertThat(given.train().ids().subList(fitted, 2 * fitted))
            .containsExactlyElementsOf(
                given.train().ids().subList(0, fitted).stream()
                    .map(id -> id + "#1")
                    .sorted(Comparator.comparing(task.views().ids()::indexOf))
                    .toList());
        assertThat(fitted + given.validation().size()).isEqualTo(split.samples().size());
      }
    }
  }

  @Test
  void onlySentencesOfTheTrainingSplitAreMixed() {
    StudyTask task = data.tasks().get(0);
    TrainingSplit small = data.splits().training().get(0);
    TrainingSplit all = data.splits().training().get(2);
    int prompts = task.texts().prompts().prompts().rows();

    int few = texts(task, StudyMethod.SCALE, small);

    assertThat(texts(task, StudyMethod.LINEAR, small)).isEqualTo(prompts);
    assertThat(few)
        .isGreaterThan(prompts)
        .isLessThanOrEqualTo(prompts + 2 * small.samples().size());
    assertThat(texts(task, StudyMethod.SCALE, all)).isGreaterThan(few);
  }

  @Test
  void whatATestSampleSaysChangesNoTrainingText() {
    ClassConceptPrior prior = data.tasks().get(0).prior();
    List<Sample> samples =
        List.of(
            saying("trained", "atelectasis", "left lower lobe"),
            saying("agreeing", "atelectasis", "left lower lobe"),
            saying("tested", "atelectasis", "right lower lobe"));
    Compute compute = new Compute(1, DType.FLOAT32, 0);
    try (DualEncoder encoder = Models.load("phantom", compute, Progress.NONE)) {
      TaskTexts texts =
          TaskTexts.embed(
              prior,
              samples,
              StudyTexts.MIXED,
              new Embedder(encoder, compute, EmbeddingCache.none()),
              Progress.NONE);
      int prompts = texts.prompts().prompts().rows();

      assertThat(texts.withSentencesOf(List.of("trained", "agreeing")).prompts().rows())
          .isEqualTo(prompts + 1);
      assertThat(texts.withSentencesOf(List.of("trained", "tested")).prompts().rows())
          .as("said of two combinations")
          .isEqualTo(prompts);
    }
  }

  private static Sample saying(String id, String label, String location) {
    return new SampleBuilder(id, Datasets.open(CONFIG.data()).samples().get(0).image())
        .findings(
            List.of(
                new ImageFinding(
                    label, List.of(location), Optional.of("Opacity at the base."), List.of())))
        .build();
  }

  private static int texts(StudyTask task, StudyMethod method, TrainingSplit split) {
    return task.adaptation(method, split, logitScale, new Seed(1)).texts().prompts().rows();
  }

  @Test
  void comparisonsAreCorrectedAndTheVerdictNamesTheBest() {
    StudyResults results = new StudyResults(data, run(folder, 2, Progress.NONE));
    List<StudyComparison.Corrected> comparisons =
        StudyComparison.all(results, StudyMethod.SCALE, new Seed(1), 2, Progress.NONE);

    assertThat(comparisons).hasSize(2 * 2 * 3);
    assertThat(comparisons)
        .allSatisfy(
            c -> {
              assertThat(c.comparison().method()).isNotEqualTo(StudyMethod.SCALE);
              if (Double.isFinite(c.patients())) {
                assertThat(c.patients()).isGreaterThanOrEqualTo(c.comparison().patients());
              }
              assertThat(Double.isNaN(c.splits())).isEqualTo(c.comparison().fraction() == 1);
            });
    StudyVerdict verdict = new StudyVerdict(results, comparisons, StudyMethod.SCALE);
    assertThat(verdict.headline()).contains(verdict.best(StudyLevel.COMBINATION).title());
    assertThat(verdict.points()).hasSize(4);
  }

  @Test
  void aShareWhereTheOtherMethodLeadsIsNoneOfTheLead() {
    StudyResults results = new StudyResults(data, run(folder, 2, Progress.NONE));
    StudyMethod best =
        new StudyVerdict(results, List.of(), StudyMethod.SCALE).best(StudyLevel.COMBINATION);
    StudyMethod other =
        results.methods().stream().filter(method -> method != best).findFirst().orElseThrow();

    assertThat(new StudyVerdict(results, clear(other, best, -.1, .1), best).points().get(1))
        .contains(other.title() + " at 1 of 2 shares");
    assertThat(new StudyVerdict(results, clear(best, other, -.1, .1), other).points().get(1))
        .contains("clear at 1 of 2 shares");
    assertThat(new StudyVerdict(results, clear(best, other, .1, .2), other).points().get(1))
        .contains("clear at 2 of 2 shares");
  }

  /** Clear differences at both shares. */
  private static List<StudyComparison.Corrected> clear(
      StudyMethod method, StudyMethod reference, double few, double all) {
    return Stream.of(few, all)
        .map(
            difference ->
                new StudyComparison.Corrected(
                    new StudyComparison(
                        StudyLevel.COMBINATION,
                        difference == few ? .3 : 1,
                        method,
                        reference,
                        new Estimate(difference, .01, difference - .01, difference + .01, 9),
                        .001,
                        .001),
                    .001,
                    .001))
        .toList();
  }

  @Test
  void zeroShotIsTheSameOnEverySplit() {
    StudyResults results = new StudyResults(data, run(folder, 2, Progress.NONE));
    Set<Double> values = new HashSet<>();
    for (double fraction : results.fractions()) {
      values.addAll(
          results
              .spread(StudyLevel.COMBINATION, StudyMethod.ZERO_SHOT, fraction, StudyMetric.AUROC)
              .values());
    }

    assertThat(values).hasSize(1);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("cells"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
