package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextTowerTest {
  /** Unit vectors of float32, summed in another order. */
  private static final float TOLERANCE = 1e-5f;

  private static final Compute ONE = new Compute(1, DType.FLOAT32, 0);

  /** Causal, bidirectional with one state or a mean of them, read to the end of the context. */
  @ParameterizedTest
  @CsvSource({
    "clip/complete, 1",
    "zoo/openai-half/model, 1",
    "zoo/open-clip/model, 1",
    "zoo/biomedclip/model, 1",
    "zoo/medclip-swin/model, 1",
    "zoo/cxr-clip-swin/model, 1",
    "zoo/pmc-clip/model, 1",
    "zoo/keep/model, 1",
    "zoo/siglip/model, 0"
  })
  void aContextOfTheVectorsOfWordsIsThoseWords(String folder, int leading) {
    Path path = Path.of("src/test/resources/dev/auscult/model").resolve(folder);
    try (DualEncoder encoder = Models.load(path.toString(), ONE)) {
      int[][] whole = {
        ids(encoder, "no left effusion"), ids(encoder, "no left lung"), ids(encoder, "no left a")
      };
      int words = 2;
      int[] shared = Arrays.copyOfRange(whole[0], leading, leading + words);
      int[][] rest =
          IntStream.range(0, 3)
              .mapToObj(i -> without(whole[i], leading, words))
              .toArray(int[][]::new);
      assertThat(Arrays.copyOfRange(whole[1], leading, leading + words)).isEqualTo(shared);
      TextTransformer text = (TextTransformer) encoder.towers().orElseThrow().text();
      Tensor vectors =
          Tensor.unscoped(
              () ->
                  text.embedding()
                      .words(Tensor.of(Arrays.stream(shared).asLongStream().toArray(), words)));
      try (Parameters owned = new Parameters(Map.of("context", vectors));
          DualEncoder changed =
              encoder.with(
                  new Towers(
                      encoder.towers().orElseThrow().image(),
                      new ContextTower(text, vectors, leading),
                      encoder.score()),
                  new Parameters(Map.of()))) {
        FloatMatrix found = changed.encodeTexts(rest);
        FloatMatrix expected = encoder.encodeTexts(whole);

        assertThat(owned.names()).hasSize(1);
        assertThat(found.toArray()).containsExactly(expected.toArray(), within(TOLERANCE));
        assertThat(changed.tokenizer().contextLength())
            .isEqualTo(encoder.tokenizer().contextLength() - words);
      }
    }
  }

  private static int[] ids(DualEncoder encoder, String text) {
    return encoder.tokenizer().encode(text).ids();
  }

  private static int[] without(int[] ids, int from, int count) {
    return IntStream.range(0, ids.length)
        .filter(i -> i < from || i >= from + count)
        .map(i -> ids[i])
        .toArray();
  }

  @Test
  void computesTheSharedBeginningOnceWithTheSameValuesAndGradients() {
    ClipFixture fixture = new ClipFixture("complete");
    try (Parameters parameters = fixture.parameters(DType.FLOAT32)) {
      TextTransformer text = ClipModel.of(fixture.config(), parameters).text();
      int[][] ids = {{518, 7, 9, 11, 519}, {518, 3, 519}, {518, 20, 21, 519}};
      int[] pooled = {4, 2, 3};
      float[][] gradients = new float[2][];
      float[][] embedded = new float[2][];
      for (int shared = 0; shared < 2; shared++) {
        try (Scope scope = Scope.open()) {
          Tensor context = random(6, 16, 3).requireGradient();
          ContextTower tower = new ContextTower(text, context, 1);
          TokenBatch batch = TokenBatch.of(tower, ids, pooled);
          Tensor rows =
              Functions.l2Normalize(
                  shared == 1
                      ? new SharedPrefix(text, context, 1).forward(batch)
                      : tower.forwardWhole(batch));
          rows.multiply(random(3, 16, 4)).sum().backward();
          embedded[shared] = rows.toFloats();
          gradients[shared] = context.gradient().toFloats();
        }
      }

      assertThat(embedded[1]).containsExactly(embedded[0], within(TOLERANCE));
      assertThat(gradients[1]).containsExactly(gradients[0], within(10 * TOLERANCE));
      assertThat(parameters.names()).isNotEmpty();
    }
  }

  private static Tensor random(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return Tensor.of(values, rows, columns);
  }

  @Test
  void refusesAContextThatDoesNotFit() {
    ClipFixture fixture = new ClipFixture("complete");
    try (Parameters parameters = fixture.parameters(DType.FLOAT32);
        Scope scope = Scope.inference()) {
      TextTransformer text = ClipModel.of(fixture.config(), parameters).text();

      assertThatThrownBy(() -> new ContextTower(text, Tensor.zeros(3, 15), 1))
          .hasMessageContaining("for tokens of 16 numbers");
      assertThatThrownBy(() -> new ContextTower(text, Tensor.zeros(19, 16), 1))
          .hasMessageContaining("19 context vectors in a text of at most 20 tokens");
      assertThat(scope).isNotNull();
    }
  }
}
