package dev.auscult.zeroshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.ImageSource;
import dev.auscult.data.Sample;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingCache;
import dev.auscult.embed.Embeddings;
import dev.auscult.embed.ToyEncoder;
import dev.auscult.image.RgbImage;
import dev.auscult.metric.Bootstrap;
import dev.auscult.model.ScoreFunction;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.zeroshot.Wording.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The toy encoder maps "a", "`a" and "``a" to the three axes: the template "{}" says each class as
 * it is, "`{}" says the class of the next axis.
 */
class PromptSensitivityTest {
  private static final String SET =
      """
      templates: ["{}", "`{}"]
      classes:
        - {name: "a", labels: [first], synonyms: ["a", "aa"], attributes: ["a"]}
        - {name: "`a", labels: [second], attributes: ["`a"]}
      """;

  @Test
  void eachTemplateSynonymAndDefinitionIsComparedWithAllPrompts() {
    List<WordingResult> results = analysed(SET, 20, 10).results();

    assertThat(results.stream().map(one -> one.wording().label()))
        .containsExactly(
            "all prompts by names",
            "all prompts by attributes",
            "template \"{}\"",
            "template \"`{}\"",
            "synonym a: a",
            "synonym a: aa");
    // 20 images on the first axis, 10 on the second
    assertThat(results.get(2).accuracy().value()).isEqualTo(1);
    assertThat(results.get(1).accuracy().value()).isEqualTo(1);
    assertThat(results.get(1).auroc().value()).isEqualTo(1);
    for (WordingResult result : results) {
      assertThat(result.predicted()).hasSize(30);
      assertThat(result.accuracyDifference().value())
          .isCloseTo(result.accuracy().value() - results.get(0).accuracy().value(), within(1e-12));
      assertThat(result.adjusted()).matches(p -> Double.isNaN(p) || p >= result.p());
    }
  }

  @Test
  void aTemplateThatSaysTheWrongClassIsTheWorst() {
    // "`{}" says the second axis for the first class, and nothing images have for the second
    String yaml =
        """
        templates: ["{}", "`{}"]
        classes: [{name: "a", labels: [first]}, {name: "`a", labels: [second]}]
        """;
    PromptSensitivity sensitivity = analysed(yaml, 20, 10);

    Map<WordingFigure, WordingSpread> spread = sensitivity.spread(Set.of(Kind.TEMPLATE));

    WordingSpread accuracy = Objects.requireNonNull(spread.get(WordingFigure.ACCURACY));
    assertThat(accuracy.best()).isEqualTo("template \"{}\"");
    assertThat(accuracy.worst()).isEqualTo("template \"`{}\"");
    assertThat(accuracy.most()).isEqualTo(1);
    // ties on the first axis go to the first class, images of the second axis are called first
    assertThat(accuracy.least()).isCloseTo(20 / 30.0, within(1e-12));
    assertThat(accuracy.range().value()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(accuracy.range().lo()).isPositive();
    assertThat(accuracy.sd()).isCloseTo(1 / 3.0 / Math.sqrt(2), within(1e-12));
    assertThat(sensitivity.spread(Set.of(Kind.PAIR))).isEmpty();
  }

  @Test
  void imagesOfNoClassAreLeftOutWhereClassesCompete() {
    List<Sample> samples = new ArrayList<>(samples(2, 1));
    samples.add(sample("other", Optional.of("third")));
    samples.add(sample("bare", Optional.empty()));

    LabelledImages labelled = LabelledImages.of(samples, PromptSetFile.parse(SET, "set.yaml"));

    assertThat(labelled.samples()).hasSize(3);
    assertThat(labelled.skipped().stream().map(one -> one.id())).containsExactly("other", "bare");
    assertThat(labelled.exclusive(2)).isTrue();
    assertThat(labelled.onlyClass(2)).hasValue(1);
  }

  @Test
  void aSinglePairCountsTheOthersAsAbsent() {
    String yaml =
        """
        definition: pairs
        classes: [{name: "x", labels: [first], positive: ["a"], negative: ["`a"]}]
        """;

    PromptSensitivity sensitivity = analysed(yaml, 6, 3);

    WordingResult only = sensitivity.results().get(0);
    assertThat(sensitivity.images().exclusive(1)).isFalse();
    assertThat(only.accuracy().value()).isEqualTo(1);
    // Clopper and Pearson for 9 of 9 patients
    assertThat(only.accuracy().lo()).isCloseTo(Math.pow(0.025, 1 / 9.0), within(1e-12));
    assertThat(only.auroc().value()).isEqualTo(1);
  }

  @Test
  void dataOfOtherLabelsAreRefused() {
    List<Sample> samples = List.of(sample("1", Optional.of("third")));

    assertThatThrownBy(() -> LabelledImages.of(samples, PromptSetFile.parse(SET, "set.yaml")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("third");
  }

  @Test
  void threadsChangeNothing() {
    assertThat(analysed(SET, 8, 9, 1).results()).isEqualTo(analysed(SET, 8, 9, 3).results());
  }

  private static PromptSensitivity analysed(String yaml, int first, int second) {
    return analysed(yaml, first, second, 2);
  }

  private static PromptSensitivity analysed(String yaml, int first, int second, int threads) {
    PromptSet set = PromptSetFile.parse(yaml, "set.yaml");
    Embedder embedder =
        new Embedder(new ToyEncoder(), new Compute(1, DType.FLOAT32, 0), EmbeddingCache.none());
    List<Sample> samples = samples(first, second);
    float[] values = new float[3 * samples.size()];
    for (int i = 0; i < samples.size(); i++) {
      values[3 * i + (i < first ? 0 : 1)] = 1;
    }
    return PromptSensitivity.of(
        set,
        LabelledImages.of(samples, set),
        new Embeddings(
            samples.stream().map(Sample::id).toList(), new FloatMatrix(samples.size(), 3, values)),
        PromptVectors.of(PromptSensitivity.texts(set), embedder, Progress.NONE),
        ScoreFunction.softmax(10),
        new Bootstrap(Bootstrap.Kind.BCA, 200, 0.95, new Seed(1)),
        threads,
        Progress.NONE);
  }

  private static List<Sample> samples(int first, int second) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < first + second; i++) {
      samples.add(sample("s" + i, Optional.of(i < first ? "first" : "second")));
    }
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("no samples");
    }
    return samples;
  }

  private static Sample sample(String id, Optional<String> label) {
    Sample bare = Sample.of(id, new Nothing(id));
    return new Sample(
        id,
        bare.image(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        label,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Map.of());
  }

  private record Nothing(String name) implements ImageSource {
    @Override
    public RgbImage read() {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public ContentHash hash() {
      return ContentHash.of(name);
    }
  }
}
