package dev.auscult.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.adapt.AdaptationTask;
import dev.auscult.adapt.ClassPredictions;
import dev.auscult.adapt.LabelledFeatures;
import dev.auscult.adapt.LinearProbe;
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
import dev.auscult.learning.ClassBalance;
import dev.auscult.metric.CrossedDifference;
import dev.auscult.metric.Estimate;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  private static StudyResults results;
  private static StudyComparisons comparisons;

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
              Optional.empty(),
              folder,
              Progress.NONE);
    }
    results =
        new StudyResults(
            data, new Study(CONFIG, data, logitScale, folder, HASH).run(2, Progress.NONE));
    comparisons = StudyComparisons.of(results, new Seed(1), 2, Progress.NONE);
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
  void noMethodSeesATestSampleAndAllAreFittedOnTheSame() {
    StudyTask task = data.tasks().get(0);
    Set<String> tested = Set.copyOf(task.tested().groups());

    for (TrainingSplit split : data.splits().training()) {
      for (StudyMethod method : StudyMethod.values()) {
        AdaptationTask choosing = task.choosing(method, split, logitScale, new Seed(1));
        AdaptationTask fitting = task.fitting(method, split, logitScale, new Seed(1));
        assertThat(fitting.train().groups()).doesNotContainAnyElementsOf(tested);
        assertThat(choosing.train().groups()).doesNotContainAnyElementsOf(tested);
        assertThat(choosing.validation().groups()).doesNotContainAnyElementsOf(tested);
        assertThat(fitting.validation().size()).isZero();
        assertThat(originals(method, fitting.train())).containsExactlyElementsOf(split.samples());
        assertThat(originals(method, choosing.train())).containsExactlyElementsOf(split.fit());
        assertThat(choosing.validation().ids()).containsExactlyElementsOf(split.validation());
      }
    }
  }

  /** The ids of samples, each of which has one view behind all of them where embeddings count. */
  private List<String> originals(StudyMethod method, LabelledFeatures train) {
    if (method.trainsOnPixels()) {
      return train.ids();
    }
    int originals = train.size() / 2;
    List<String> ids = train.ids().subList(0, originals);
    assertThat(train.ids().subList(originals, 2 * originals))
        .containsExactlyElementsOf(
            ids.stream()
                .map(id -> id + "#1")
                .sorted(Comparator.comparing(data.tasks().get(0).views().ids()::indexOf))
                .toList());
    return ids;
  }

  @Test
  void everyFitEndsWithTheWholeTrainingSplit() {
    for (CellResult result : results.cells()) {
      TrainingSplit split =
          data.splits().training().stream()
              .filter(one -> one.name().equals(result.cell().split()))
              .findFirst()
              .orElseThrow();
      boolean learns = result.cell().method() != StudyMethod.ZERO_SHOT;
      assertThat(result.fitted())
          .as("samples and a view each")
          .isEqualTo(2 * split.samples().size());
      assertThat(result.validated()).isEqualTo(learns ? split.validation().size() : 0);
      assertThat(result.threshold() != 0).isEqualTo(learns);
    }
  }

  /** The choice of C is that of the fit on a part; the fit on all with it is the cell's. */
  @Test
  void whatIsChosenOnAPartIsFittedOnAll() {
    StudyTask task = data.tasks().get(0);
    TrainingSplit split = data.splits().training().get(0);
    StudyCell cell = new StudyCell(task.name(), StudyMethod.LINEAR, .3, 1);

    CellResult result = new CellFit(CONFIG, task, split, cell, logitScale).run(Progress.NONE);

    AdaptationTask choosing = task.choosing(StudyMethod.LINEAR, split, logitScale, new Seed(7));
    AdaptationTask fitting = task.fitting(StudyMethod.LINEAR, split, logitScale, new Seed(7));
    Map<String, String> chosen =
        new LinearProbe(ClassBalance.PLAIN).train(choosing, Progress.NONE).chosen();
    double c = Double.parseDouble(chosen.getOrDefault("C", ""));
    FloatMatrix expected =
        ClassPredictions.of(
                new LinearProbe(ClassBalance.PLAIN, List.of(c))
                    .train(fitting, Progress.NONE)
                    .adapter(),
                fitting,
                task.tested())
            .scores();
    assertThat(result.chosen()).isEqualTo(chosen);
    assertThat(result.scores().toArray()).isEqualTo(expected.toArray());
  }

  @Test
  void theGridOfLambdaIsSearchedInAStudyAndItsChoiceRecorded() {
    StudyConfig config =
        StudyConfig.parse(
            """
            model: phantom
            data: phantom
            prior: padchest-gr
            methods: [scale]
            epochs: 1
            settings: {scale: {lambda: grid}}
            """,
            "grid.yaml");
    StudyTask task = data.tasks().get(0);
    StudyCell cell = new StudyCell(task.name(), StudyMethod.SCALE, .3, 1);

    CellResult result =
        new CellFit(config, task, data.splits().training().get(0), cell, logitScale)
            .run(Progress.NONE);

    assertThat(result.chosen().get("lambda")).matches("(0.5|1.0),(0.5|1.0),[0-9.]+,[0-9.]+");
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
    return task.fitting(method, split, logitScale, new Seed(1)).texts().prompts().rows();
  }

  @Test
  void allPairsAreComparedAndTheVerdictNamesTheBestAndItsRunnerUp() {
    assertThat(comparisons.pairs()).as("levels, figures, shares, pairs").hasSize(2 * 2 * 3 * 6);
    assertThat(comparisons.pairs())
        .allSatisfy(
            pair -> {
              if (Double.isFinite(pair.holm())) {
                assertThat(pair.holm()).isGreaterThanOrEqualTo(pair.found().p());
              }
              assertThat(Double.isNaN(pair.nadeauBengio()))
                  .isEqualTo(!pair.fractions().equals(List.of(.3)));
            });
    StudyVerdict verdict = new StudyVerdict(results, comparisons, StudyMethod.SCALE);
    List<StudyMethod> ranking = verdict.ranking(StudyLevel.COMBINATION);
    assertThat(verdict.headline()).contains(ranking.get(0).title());
    assertThat(verdict.points()).hasSize(8).last().asString().contains("test patients: intervals");
    assertThat(verdict.points().get(1))
        .contains("leads the runner-up, " + ranking.get(1).title() + ", by 0.")
        .containsPattern("a clear lead|too little to tell them apart");
  }

  @Test
  void aPairSeenFromTheOtherSideHasTheOtherSign() {
    StudyComparison there = pair(StudyMethod.SCALE, StudyMethod.LINEAR);
    StudyComparison back = pair(StudyMethod.LINEAR, StudyMethod.SCALE);

    assertThat(back.difference().value()).isEqualTo(-there.difference().value());
    assertThat(back.difference().lo()).isEqualTo(-there.difference().hi());
    assertThat(back.holm()).isEqualTo(there.holm());
    double expected =
        results.spread(StudyLevel.CLASS, StudyMethod.SCALE, 1, StudyMetric.MACRO_F1).mean()
            - results.spread(StudyLevel.CLASS, StudyMethod.LINEAR, 1, StudyMetric.MACRO_F1).mean();
    assertThat(there.difference().value()).isCloseTo(expected, within(1e-12));
  }

  private static StudyComparison pair(StudyMethod method, StudyMethod other) {
    return comparisons.between(StudyLevel.CLASS, StudyMetric.MACRO_F1, List.of(1.0), method, other);
  }

  @Test
  void theVerdictSaysOfTheRunnerUpWhetherTheLeadIsClear() {

    assertThat(verdict(.001).points().get(1))
        .contains("a clear lead")
        .doesNotContain("Not to be told apart");
    assertThat(verdict(.2).points().get(1))
        .contains("too little to tell them apart")
        .contains("It is clearly ahead of no other method");
  }

  @Test
  void methodsThatNeverDifferHaveNoInterval() {
    CrossedDifference same =
        new CrossedDifference(
            new Estimate(0, Double.NaN, Double.NaN, Double.NaN, 9), 0, Double.POSITIVE_INFINITY, 1);
    StudyComparisons equal =
        new StudyComparisons(
            comparisons.pairs().stream()
                .map(
                    pair ->
                        new StudyComparison(
                            pair.level(),
                            pair.metric(),
                            pair.fractions(),
                            pair.method(),
                            pair.other(),
                            same,
                            1,
                            Double.NaN))
                .toList());

    assertThat(new StudyVerdict(results, equal, StudyMethod.SCALE).points().get(1))
        .contains(" [NA]: too little to tell them apart")
        .doesNotContain("NaN");
  }

  /** With the same corrected p-value for every pair. */
  private static StudyVerdict verdict(double p) {
    return new StudyVerdict(
        results,
        new StudyComparisons(comparisons.pairs().stream().map(pair -> pair.withHolm(p)).toList()),
        StudyMethod.SCALE);
  }

  @Test
  void theAurocOfAClassIsComparedByDeLong() {

    List<ClassAuroc> aurocs = ClassAuroc.all(results, StudyMethod.SCALE);

    assertThat(aurocs).isNotEmpty();
    for (ClassAuroc auroc : aurocs) {
      double expected =
          results.classes(data.tasks().get(0), auroc.level(), auroc.method(), 1).stream()
              .filter(row -> row.name().equals(auroc.name()))
              .findFirst()
              .orElseThrow()
              .auroc();
      assertThat(auroc.found().first().value()).isCloseTo(expected, within(1e-9));
      assertThat(auroc.holm() < auroc.found().p()).isFalse();
    }
  }

  @Test
  void zeroShotIsTheSameOnEverySplit() {
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
