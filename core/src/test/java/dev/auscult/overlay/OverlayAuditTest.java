package dev.auscult.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.data.Sample;
import dev.auscult.data.phantom.Finding;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingCache;
import dev.auscult.image.lettering.Contrast;
import dev.auscult.image.lettering.Corner;
import dev.auscult.image.lettering.Typeface;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.overlay.ClassScorer.ClassScores;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.zeroshot.Ensemble;
import dev.auscult.zeroshot.Prediction.ClassScore;
import dev.auscult.zeroshot.ZeroShotClassifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OverlayAuditTest {
  /** Seeds that no shipped model was trained with, and on which nothing was tuned. */
  private static final String DATA = "phantom:n=52,seed=20261125";

  private static final OverlayClasses CLASSES =
      new OverlayClasses(
          Finding.prompts(), Arrays.stream(Finding.values()).map(Finding::code).toList());

  private static OverlaySettings settings(OptionalInt samples, TextKind... kinds) {
    return new OverlaySettings(
        new OverlayDesign(
            List.of(kinds),
            List.of(0.11),
            List.of(Corner.TOP_LEFT),
            List.of(Contrast.WHITE_ON_BLACK),
            OverlayDesign.Crossing.ONE_AT_A_TIME,
            Typeface.DOTS),
        CLASSES,
        "General Hospital",
        samples,
        new Seed(4));
  }

  private static OverlayResult run(String model, String data, OverlaySettings settings) {
    Compute compute = new Compute(2, DType.FLOAT32, 0);
    Dataset dataset = Datasets.open(data);
    try (DualEncoder encoder = Models.load(model, compute, Progress.NONE)) {
      Embedder embedder = new Embedder(encoder, compute, EmbeddingCache.none());
      ZeroShotClassifier classifier =
          ZeroShotClassifier.of(
              CLASSES.names(),
              CLASSES.names().stream().map(List::of).toList(),
              Ensemble.EMBEDDINGS,
              embedder,
              encoder.score(),
              Progress.NONE);
      ClassScorer scorer =
          images ->
              classifier.classify(images).stream()
                  .map(
                      prediction -> {
                        List<ClassScore> inOrder =
                            prediction.ranked().stream()
                                .sorted(
                                    Comparator.comparingInt(
                                        (ClassScore one) -> CLASSES.names().indexOf(one.label())))
                                .toList();
                        return new ClassScores(
                            inOrder.stream().map(ClassScore::probability).toList(),
                            inOrder.stream().map(one -> encoder.score().of(one.cosine())).toList());
                      })
                  .toList();
      TextPool pool = TextPool.of(dataset.samples(), embedder, Progress.NONE);
      return new OverlayAudit(settings, OverlayCases.of(dataset, settings))
          .run(embedder, scorer, pool, Progress.NONE);
    }
  }

  @Test
  void thePlantedShortcutIsCaught() {
    OverlayResult result =
        run(
            "phantom:overlay-shortcut",
            DATA,
            settings(OptionalInt.empty(), TextKind.TRUE, TextKind.CONTRADICTING));

    assertThat(result.samples()).hasSize(52);
    assertThat(result.skipped()).isEmpty();
    assertThat(result.verdict().orElseThrow().kind()).isEqualTo(Verdict.Kind.FOLLOWS);
    assertThat(result.verdict().orElseThrow().difference().lo()).isGreaterThan(0.5);
  }

  @Test
  void theBalancedModelIsNotAccused() {
    OverlayResult result =
        run("phantom", DATA, settings(OptionalInt.empty(), TextKind.TRUE, TextKind.CONTRADICTING));

    assertThat(result.verdict().orElseThrow().kind()).isNotEqualTo(Verdict.Kind.FOLLOWS);
    assertThat(result.original(OverlayFigure.CORRECT).value()).isGreaterThan(0.9);
  }

  @Test
  void textsAndFiguresDependOnSeedAndIdAlone() {
    OverlaySettings few = settings(OptionalInt.of(3), TextKind.UNRELATED, TextKind.CONTRADICTING);
    OverlayResult small = run("phantom", "phantom:n=13,seed=5", few);
    OverlayResult all =
        run(
            "phantom",
            "phantom:n=13,seed=5",
            settings(OptionalInt.empty(), TextKind.UNRELATED, TextKind.CONTRADICTING));

    assertThat(small.samples()).hasSize(3);
    assertThat(all.samples()).hasSize(13).containsAll(small.samples());
    for (OverlaidSample sample : all.samples()) {
      Trial unrelated = sample.trials().get(0);
      Trial wrong = sample.trials().get(1);
      assertThat(unrelated.text()).hasSize(3).isNotIn(CLASSES.words());
      assertThat(wrong.named().orElseThrow()).isNotEqualTo(sample.truth());
      assertThat(wrong.text()).isEqualTo(CLASSES.words().get(wrong.named().getAsInt()));
      assertThat(unrelated.blank().probability()).isEqualTo(wrong.blank().probability());
      assertThat(sample.original().rank()).isBetween(1.0, (double) all.texts());
    }
  }

  @Test
  void classesAreFoundByLabelOrByLabelAndConcept() {
    List<Sample> samples = Datasets.open("phantom:n=13").samples();
    OverlayClasses byLabel = OverlayClasses.of(samples);

    assertThat(byLabel.names()).hasSize(5).contains("pleural effusion", "no finding");
    for (Sample sample : samples) {
      assertThat(byLabel.names().get(byLabel.of(sample).orElseThrow()))
          .isEqualTo(sample.label().orElseThrow());
      String finding = CLASSES.names().get(CLASSES.of(sample).orElseThrow());
      assertThat(finding.toLowerCase(Locale.ROOT)).startsWith(sample.label().orElseThrow());
    }
  }

  @Test
  void dataWithoutTheseLabelsAreRefused() {
    OverlaySettings settings =
        new OverlaySettings(
            OverlayDesign.standard(),
            new OverlayClasses(List.of("fracture", "none"), List.of("FX", "NO")),
            "H",
            OptionalInt.empty(),
            new Seed(0));
    Dataset data = Datasets.open("phantom:n=13");

    assertThatThrownBy(() -> OverlayCases.of(data, settings))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("fracture");
    assertThatThrownBy(() -> new OverlayClasses(List.of("a", "A."), List.of("x", "y")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("twice");
  }

  @Test
  void textsThatTheFontCannotDrawAreRefusedBeforeAnyWork() {
    OverlayClasses classes = new OverlayClasses(List.of("a", "b"), List.of("\u80ba\u708e", "NO"));

    assertThatThrownBy(
            () ->
                new OverlaySettings(
                    OverlayDesign.standard(), classes, "H", OptionalInt.empty(), new Seed(0)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("letters that the built-in font has not");
  }

  @Test
  void unrelatedLettersAreFoundWhereEveryLetterIsAWord() {
    List<String> letters =
        IntStream.rangeClosed('A', 'Z').mapToObj(letter -> String.valueOf((char) letter)).toList();
    OverlaySettings settings =
        new OverlaySettings(
            OverlayDesign.standard(),
            new OverlayClasses(letters, letters),
            "H",
            OptionalInt.empty(),
            new Seed(0));
    Sample sample = Datasets.open("phantom:n=1").samples().get(0);

    String unrelated =
        OverlayTexts.of(settings, new OverlayCases.Case(sample, 3))
            .text(TextKind.UNRELATED, settings.design().basic());

    assertThat(unrelated).matches("[A-Z]{2}");
  }
}
