package dev.auscult.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.adapt.LowRankTraining.Inputs;
import dev.auscult.adapt.LowRankTraining.Pair;
import dev.auscult.base.InputException;
import dev.auscult.image.PixelBatch;
import dev.auscult.model.AttentionSite;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.model.Towers;
import dev.auscult.tensor.Compute;
import dev.auscult.tensor.DType;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** CLIP-LoRA against conformance/encoder_methods.py: PyTorch in double precision. */
class LowRankTrainingTest {
  /** Single against double precision over 15 updates. */
  private static final double TOLERANCE = 1e-5;

  /** Of scores that are cosines times 14. */
  private static final float SCORE_TOLERANCE = 5e-4f;

  private static final float STEP = 2e-3f;
  private static final int WHOLE = 8;

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void hasTheLossOfEveryStepAndTheScoresOfPyTorch(int index) {
    JsonNode problem = problem(index);
    AdaptationTask task = EncoderFixture.task(problem);
    ClipLora method = method(0, problem.get("losses").size());
    try (DualEncoder model = EncoderFixture.model();
        LowRankTraining training = training(model, problem, method, WHOLE)) {
      for (int step = 0; step < problem.get("batches").size(); step++) {
        double rate = method.rate(step, problem.get("batches").size());
        assertThat(rate).isCloseTo(problem.get("rates").get(step).doubleValue(), within(1e-12));
        assertThat(training.update(EncoderFixture.rows(problem.get("batches").get(step)), rate))
            .as("loss of step %d", step)
            .isCloseTo(problem.get("losses").get(step).doubleValue(), within(TOLERANCE));
      }
      try (DualEncoder changed = training.toAdapter().on(model)) {
        FloatMatrix images = changed.encodeImages(pixels(samples(), queries()));
        FloatMatrix texts = changed.encodeTexts(EncoderFixture.ids());
        FloatMatrix found =
            TextScores.of(
                images,
                new FloatMatrix(4, 16, Arrays.copyOf(texts.toArray(), 64)),
                new FloatMatrix(1, 16, texts.row(4)),
                task.mode(),
                task.logitScale());
        assertThat(found.toArray())
            .containsExactly(
                Fixture.matrix(problem.get("scores")).toArray(), within(SCORE_TOLERANCE));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void gradientsAreThoseOfFiniteDifferences(int index) {
    JsonNode problem = problem(index);
    int[] rows = {0, 3, 5, 6, 11};
    try (DualEncoder model = EncoderFixture.model()) {
      for (AttentionSite site : AttentionSite.of(model.towers().orElseThrow())) {
        FloatMatrix start = up(problem, site);
        float[] gradient;
        try (LowRankTraining training = training(model, problem, method(0, 1), WHOLE)) {
          training.gradient(rows);
          gradient = training.gradients(site).get(1).toArray();
        }
        int strongest = strongest(gradient);
        double[] losses = new double[2];
        for (int side = 0; side < 2; side++) {
          float[] moved = start.toArray();
          moved[strongest] += side == 0 ? -STEP : STEP;
          try (LowRankTraining training =
              training(
                  model,
                  problem,
                  method(0, 1),
                  WHOLE,
                  Map.of(site, new FloatMatrix(start.rows(), start.columns(), moved)))) {
            losses[side] = training.gradient(rows);
          }
        }
        assertThat(Math.abs(gradient[strongest])).as(site.name()).isGreaterThan(.01f);
        assertThat((double) gradient[strongest])
            .as(site.name())
            .isCloseTo((losses[1] - losses[0]) / (2 * STEP), within(1e-3));
      }
    }
  }

  private static int strongest(float[] gradient) {
    return IntStream.range(0, gradient.length)
        .reduce((a, b) -> Math.abs(gradient[b]) > Math.abs(gradient[a]) ? b : a)
        .orElseThrow();
  }

  @Test
  void partsOfABatchAddUpToTheBatch() {
    JsonNode problem = problem(0);
    int[] rows = {0, 3, 5, 6, 11, 12, 13};
    try (DualEncoder model = EncoderFixture.model();
        LowRankTraining whole = training(model, problem, method(0, 1), WHOLE);
        LowRankTraining parts = training(model, problem, method(0, 1), 3)) {
      assertThat(parts.gradient(rows)).isCloseTo(whole.gradient(rows), within(1e-6));
      for (AttentionSite site : AttentionSite.of(model.towers().orElseThrow())) {
        for (int matrix = 0; matrix < 2; matrix++) {
          assertThat(parts.gradients(site).get(matrix).toArray())
              .as(site.name())
              .containsExactly(whole.gradients(site).get(matrix).toArray(), within(2e-5f));
        }
      }
    }
  }

  @Test
  void dropoutIsTheSameForTheSameSeedAndAnotherInEveryUpdate() {
    JsonNode problem = problem(0);
    int[] rows = {0, 3, 5, 6, 11};
    try (DualEncoder model = EncoderFixture.model();
        LowRankTraining first = training(model, problem, method(.5, 2), WHOLE);
        LowRankTraining second = training(model, problem, method(.5, 2), WHOLE)) {
      double loss = first.update(rows, 1e-9);

      assertThat(second.update(rows, 1e-9)).isEqualTo(loss);
      double next = first.gradient(rows);
      assertThat(second.gradient(rows)).isEqualTo(next);
      assertThat(Math.abs(next - loss)).isGreaterThan(1e-3);
    }
  }

  @Test
  void refusesEncodersWithoutKnownAttention() {
    Path resnet = Path.of("src/test/resources/dev/auscult/model/zoo/openai-resnet/model");
    try (DualEncoder model = Models.load(resnet.toString(), new Compute(1, DType.FLOAT32, 0))) {
      AdaptationTask task =
          EncoderFixture.task(problem(0))
              .through(
                  new TaskEncoder(
                      model, new Compute(1, DType.FLOAT32, 0), EncoderFixture.PROMPTS, Map.of()));

      assertThatThrownBy(() -> LowRankTraining.of(ClipLora.STANDARD, task))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("an image encoder that is no vision transformer");
      assertThatThrownBy(() -> new LowRankAdapter(Map.of(), 1).on(model))
          .isInstanceOf(InputException.class);
    }
  }

  @Test
  void refusesUpdatesOfAnotherModel() {
    try (DualEncoder model = EncoderFixture.model()) {
      assertThatThrownBy(() -> new LowRankAdapter(Map.of(), 1).on(model))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("no update that fits image.0.query");
    }
  }

  private static JsonNode problem(int index) {
    return EncoderFixture.ROOT.get("lora").get(index);
  }

  private static ClipLora method(double dropout, int iterations) {
    return new ClipLora(
        2,
        1,
        dropout,
        OptionalInt.of(iterations),
        8,
        EncoderFixture.ROOT.get("rank_rate").doubleValue());
  }

  private static LowRankTraining training(
      DualEncoder model, JsonNode problem, ClipLora method, int atOnce) {
    return training(model, problem, method, atOnce, Map.of());
  }

  private static LowRankTraining training(
      DualEncoder model,
      JsonNode problem,
      ClipLora method,
      int atOnce,
      Map<AttentionSite, FloatMatrix> moved) {
    Towers towers = model.towers().orElseThrow();
    Map<AttentionSite, Pair> pairs = new LinkedHashMap<>();
    for (AttentionSite site : AttentionSite.of(towers)) {
      FloatMatrix down = Fixture.matrix(problem.get("start").get(site.name()).get("down"));
      FloatMatrix up = moved.getOrDefault(site, up(problem, site));
      pairs.put(site, new Pair(trainable(down), trainable(up)));
    }
    return new LowRankTraining(
        method,
        EncoderFixture.task(problem),
        towers,
        pairs,
        new Inputs(LowRankTrainingTest::pixels, atOnce, List.of(EncoderFixture.ids())),
        2);
  }

  private static Tensor trainable(FloatMatrix matrix) {
    return Tensor.unscoped(() -> Tensor.of(matrix)).requireGradient();
  }

  private static FloatMatrix up(JsonNode problem, AttentionSite site) {
    return Fixture.matrix(problem.get("start").get(site.name()).get("up"));
  }

  private static int samples() {
    return EncoderFixture.ROOT.get("samples").intValue();
  }

  private static int queries() {
    return EncoderFixture.ROOT.get("queries").size();
  }

  private static PixelBatch pixels(int from, int count) {
    return pixels(IntStream.range(from, from + count).toArray());
  }

  private static PixelBatch pixels(int[] rows) {
    List<PixelBatch> images =
        Arrays.stream(rows)
            .mapToObj(
                row -> {
                  float[] values = Fixture.matrix(EncoderFixture.ROOT.get("pixels")).row(row);
                  return new PixelBatch(1, 3, 16, 16, values);
                })
            .toList();
    return PixelBatch.stack(images);
  }
}
