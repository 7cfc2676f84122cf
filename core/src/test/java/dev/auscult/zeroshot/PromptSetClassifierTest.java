package dev.auscult.zeroshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Progress;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingCache;
import dev.auscult.embed.Embeddings;
import dev.auscult.embed.ToyEncoder;
import dev.auscult.model.ScoreFunction;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.zeroshot.Prediction.ClassScore;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The toy encoder maps "a", "`a" and "``a" to the three axes. */
class PromptSetClassifierTest {
  private static final double SCALE = 3;

  /** Cosines .6, .8 and 0 with the axes. */
  private static final Embeddings IMAGE =
      new Embeddings(List.of("x"), new FloatMatrix(1, 3, new float[] {0.6f, 0.8f, 0}));

  @Test
  void aClassByAttributesScoresTheMeanOfItsSimilarities() {
    Map<String, ClassScore> scores =
        scores(
            """
            definition: attributes
            classes:
              - {name: one, attributes: ["a", "`a", "``a"]}
              - {name: two, attributes: ["`a"]}
            """);

    // one: (.6 + .8 + 0) / 3, not the cosine with the normalised mean, 1.4 / sqrt(3)
    double one = 1.4 / 3;
    assertThat(cosine(scores, "one")).isCloseTo(one, within(1e-6));
    assertThat(cosine(scores, "two")).isCloseTo(0.8, within(1e-6));
    assertThat(probability(scores, "one"))
        .isCloseTo(1 / (1 + Math.exp(SCALE * (0.8 - one))), within(1e-6));
  }

  @Test
  void aPairIsTheSoftmaxOfPresenceAndAbsence() {
    Map<String, ClassScore> scores =
        scores(
            """
            definition: pairs
            classes:
              - {name: one, positive: ["a"], negative: ["`a"]}
              - {name: two, positive: ["`a"], negative: ["``a"]}
            """);

    assertThat(probability(scores, "one"))
        .isCloseTo(1 / (1 + Math.exp(SCALE * (0.8 - 0.6))), within(1e-6));
    assertThat(probability(scores, "two"))
        .isCloseTo(1 / (1 + Math.exp(SCALE * (0 - 0.8))), within(1e-6));
  }

  @Test
  void aSinglePairIsEnoughAndIgnoresTheBiasOfSigmoidModels() {
    String yaml =
        """
        definition: pairs
        classes: [{name: one, positive: ["a", "`a"], negative: ["``a"]}]
        """;
    PromptSet set = PromptSetFile.parse(yaml, "set.yaml");

    double biased =
        ZeroShotClassifier.of(set, embedder(), ScoreFunction.sigmoid(SCALE, -7), Progress.NONE)
            .classify(IMAGE)
            .get(0)
            .first()
            .probability();

    // the positive texts average to (1, 1, 0) / sqrt(2): cosine 1.4 / sqrt(2)
    assertThat(biased).isCloseTo(1 / (1 + Math.exp(-SCALE * 1.4 / Math.sqrt(2))), within(1e-6));
  }

  @Test
  void aSetByNamesIsTheClassifierOfItsPrompts() {
    PromptSet set =
        PromptSetFile.parse(
            """
            templates: ["{}", "`{}"]
            classes: [{name: "a"}, {name: "`a"}]
            """,
            "set.yaml");
    ZeroShotClassifier prompts =
        ZeroShotClassifier.of(
            set.classNames(),
            List.of(set.positiveTexts(0), set.positiveTexts(1)),
            Ensemble.EMBEDDINGS,
            embedder(),
            ScoreFunction.softmax(SCALE),
            Progress.NONE);

    Prediction ofSet =
        ZeroShotClassifier.of(set, embedder(), ScoreFunction.softmax(SCALE), Progress.NONE)
            .classify(IMAGE)
            .get(0);

    assertThat(ofSet.ranked()).hasSize(2);
    for (int c = 0; c < 2; c++) {
      ClassScore expected = prompts.classify(IMAGE).get(0).ranked().get(c);
      assertThat(ofSet.ranked().get(c).label()).isEqualTo(expected.label());
      assertThat(ofSet.ranked().get(c).probability())
          .isCloseTo(expected.probability(), within(1e-6));
    }
  }

  private static Map<String, ClassScore> scores(String yaml) {
    PromptSet set = PromptSetFile.parse(yaml, "set.yaml");
    return ZeroShotClassifier.of(set, embedder(), ScoreFunction.softmax(SCALE), Progress.NONE)
        .classify(IMAGE)
        .get(0)
        .ranked()
        .stream()
        .collect(Collectors.toMap(ClassScore::label, score -> score));
  }

  private static double cosine(Map<String, ClassScore> scores, String name) {
    ClassScore score = scores.get(name);
    return score == null ? Double.NaN : score.cosine();
  }

  private static double probability(Map<String, ClassScore> scores, String name) {
    ClassScore score = scores.get(name);
    return score == null ? Double.NaN : score.probability();
  }

  private static Embedder embedder() {
    return new Embedder(new ToyEncoder(), new Compute(1, DType.FLOAT32, 0), EmbeddingCache.none());
  }
}
