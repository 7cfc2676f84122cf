package dev.auscult.zeroshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.InputException;
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
import org.junit.jupiter.api.Test;

/** The toy encoder maps "a" to the first axis and "`a" to the second: '`' comes before 'a'. */
class ZeroShotClassifierTest {
  private static final Embeddings FIRST_AXIS =
      new Embeddings(List.of("x"), new FloatMatrix(1, 3, new float[] {1, 0, 0}));
  private static final Embeddings DIAGONAL =
      new Embeddings(List.of("d"), new FloatMatrix(1, 3, new float[] {0.6f, 0.8f, 0}));

  @Test
  void probabilitiesAreTheSoftmaxOfLogitScaleTimesCosine() {
    ZeroShotClassifier classifier =
        classifier(
            List.of("first", "second"),
            List.of(List.of("a"), List.of("`a")),
            Ensemble.EMBEDDINGS,
            2);

    Prediction prediction = classifier.classify(DIAGONAL).get(0);

    // exp(2 * .8) / (exp(2 * .8) + exp(2 * .6)); float rounding of .6 and .8
    double second = Math.exp(1.6) / (Math.exp(1.6) + Math.exp(1.2));
    assertThat(prediction.first().label()).isEqualTo("second");
    assertThat(prediction.first().probability()).isCloseTo(second, within(1e-6));
    assertThat(prediction.first().cosine()).isCloseTo(0.8, within(1e-6));
    assertThat(prediction.ranked().get(1).probability()).isCloseTo(1 - second, within(1e-6));
  }

  @Test
  void promptsAreAveragedAsUnitVectorsAndNormalisedAgain() {
    ZeroShotClassifier classifier =
        classifier(
            List.of("both", "second"),
            List.of(List.of("a", "`a"), List.of("`a", "`a")),
            Ensemble.EMBEDDINGS,
            1);

    Prediction prediction = classifier.classify(FIRST_AXIS).get(0);

    assertThat(prediction.first().label()).isEqualTo("both");
    assertThat(prediction.first().cosine()).isCloseTo(Math.sqrt(0.5), within(1e-6));
  }

  @Test
  void theMeanOfProbabilitiesIsTheMeanOfTheTemplatesSoftmaxes() {
    ZeroShotClassifier classifier =
        classifier(
            List.of("both", "second"),
            List.of(List.of("a", "`a"), List.of("`a", "`a")),
            Ensemble.PROBABILITIES,
            1);

    Prediction prediction = classifier.classify(FIRST_AXIS).get(0);

    double firstTemplate = Math.E / (Math.E + 1); // cosines 1 and 0
    double secondTemplate = 0.5; // cosines 0 and 0
    assertThat(prediction.first().probability())
        .isCloseTo((firstTemplate + secondTemplate) / 2, within(1e-6));
  }

  @Test
  void equalClassesKeepTheirOrderAndProbabilitiesSumToOneAtAnyScale() {
    ZeroShotClassifier classifier =
        classifier(
            List.of("one", "two", "three"),
            List.of(List.of("``a"), List.of("`a"), List.of("a")),
            Ensemble.EMBEDDINGS,
            1e6);

    Prediction prediction = classifier.classify(FIRST_AXIS).get(0);

    assertThat(prediction.ranked().stream().map(ClassScore::label))
        .containsExactly("three", "one", "two");
    assertThat(prediction.ranked().stream().mapToDouble(ClassScore::probability).sum())
        .isCloseTo(1, within(1e-12));
    assertThat(prediction.top(2)).hasSize(2);
    assertThat(prediction.top(9)).hasSize(3);
  }

  @Test
  void classesMustDiffer() {
    assertThatThrownBy(
            () ->
                classifier(
                    List.of("Normal", "normal"),
                    List.of(List.of("a"), List.of("b")),
                    Ensemble.EMBEDDINGS,
                    1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("twice");
    assertThatThrownBy(
            () -> classifier(List.of("a"), List.of(List.of("a")), Ensemble.EMBEDDINGS, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("only \"a\"");
  }

  private static ZeroShotClassifier classifier(
      List<String> classes, List<List<String>> prompts, Ensemble ensemble, double logitScale) {
    Embedder embedder =
        new Embedder(new ToyEncoder(), new Compute(1, DType.FLOAT32, 0), EmbeddingCache.none());
    return ZeroShotClassifier.of(
        classes, prompts, ensemble, embedder, ScoreFunction.softmax(logitScale), Progress.NONE);
  }
}
