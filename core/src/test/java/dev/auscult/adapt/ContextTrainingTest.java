package dev.auscult.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.InputException;
import dev.auscult.model.ContextTower;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.TextTransformer;
import dev.auscult.tensor.FloatMatrix;
import dev.auscult.tensor.Lanes;
import dev.auscult.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** CoOp against conformance/encoder_methods.py: PyTorch in double precision. */
class ContextTrainingTest {
  /** Single against double precision over 18 updates. */
  private static final double TOLERANCE = 1e-5;

  /** Of scores that are cosines times 14. */
  private static final float SCORE_TOLERANCE = 5e-4f;

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void hasTheLossOfEveryStepAndTheScoresOfPyTorch(int index) {
    JsonNode problem = EncoderFixture.ROOT.get("coop").get(index);
    AdaptationTask task = EncoderFixture.task(problem);
    try (DualEncoder model = EncoderFixture.model();
        ContextTraining training = training(model, problem, task)) {
      CoOp method =
          new CoOp(
              5,
              PromptWords.NAME,
              java.util.OptionalInt.of(problem.get("epochs").size()),
              8,
              EncoderFixture.ROOT.get("context_rate").doubleValue());
      int step = 0;
      for (int epoch = 0; epoch < problem.get("epochs").size(); epoch++) {
        JsonNode given = problem.get("epochs").get(epoch);
        double rate = method.rate(epoch, problem.get("epochs").size());
        assertThat(rate).isCloseTo(given.get("rate").doubleValue(), within(1e-12));
        for (JsonNode batch : given.get("batches")) {
          assertThat(training.update(EncoderFixture.rows(batch), rate))
              .as("loss of step %d", step)
              .isCloseTo(problem.get("losses").get(step).doubleValue(), within(TOLERANCE));
          step++;
        }
      }
      FloatMatrix found =
          training
              .toAdapter()
              .scores(
                  Fixture.matrix(EncoderFixture.ROOT.get("queries")),
                  task.texts(),
                  task.mode(),
                  task.logitScale());
      assertThat(found.toArray())
          .containsExactly(
              Fixture.matrix(problem.get("scores")).toArray(), within(SCORE_TOLERANCE));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void gradientsAreThoseOfFiniteDifferences(int index) {
    JsonNode problem = EncoderFixture.ROOT.get("coop").get(index);
    AdaptationTask task = EncoderFixture.task(problem);
    int[] rows = {0, 3, 5, 6, 11};
    float[] start = context(problem).toArray();
    float[] gradient;
    try (DualEncoder model = EncoderFixture.model()) {
      try (ContextTraining training = training(model, problem, task)) {
        training.gradient(rows);
        gradient = training.contextGradient();
      }
      for (int k = 0; k < start.length; k += 7) {
        double[] losses = new double[2];
        for (int side = 0; side < 2; side++) {
          float[] moved = start.clone();
          moved[k] += side == 0 ? -STEP : STEP;
          try (ContextTraining training = training(model, new FloatMatrix(5, 16, moved), task)) {
            losses[side] = training.gradient(rows);
          }
        }
        assertThat((double) gradient[k])
            .isCloseTo((losses[1] - losses[0]) / (2 * STEP), within(2e-3));
      }
    }
  }

  /** Losses of single precision, about 2, differ in the seventh digit: errors of 1e-4. */
  private static final float STEP = 2e-3f;

  @Test
  void refusesToGoOnWhereTrainingDiverges() {
    JsonNode problem = EncoderFixture.ROOT.get("coop").get(0);
    float[] beyond = context(problem).toArray();
    beyond[3] = Float.NaN;
    try (DualEncoder model = EncoderFixture.model();
        ContextTraining training =
            training(model, new FloatMatrix(5, 16, beyond), EncoderFixture.task(problem))) {
      assertThatThrownBy(() -> training.update(new int[] {0, 1}, .1))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("a loss of NaN")
          .hasMessageContaining("learning-rate");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void failsInsteadOfWaitingWhereALaneFails(int position) {
    JsonNode problem = EncoderFixture.ROOT.get("coop").get(0);
    int[][] ids = EncoderFixture.ids();
    for (int[] text : ids) {
      text[Math.min(position, text.length - 1)] = 1_000_000;
    }
    try (DualEncoder model = EncoderFixture.model();
        Tensor context = Tensor.unscoped(() -> Tensor.of(context(problem))).requireGradient()) {
      TextTransformer text = (TextTransformer) model.towers().orElseThrow().text();
      ContextTower tower = new ContextTower(text, context, 1);
      try (Lanes lanes = Lanes.open(2)) {
        assertThatThrownBy(() -> PrefixTexts.forward(lanes, tower, ids))
            .hasMessageContaining("index out of range");
      }
    }
  }

  private static ContextTraining training(
      DualEncoder model, JsonNode problem, AdaptationTask task) {
    return training(model, context(problem), task);
  }

  private static ContextTraining training(
      DualEncoder model, FloatMatrix start, AdaptationTask task) {
    Tensor context = Tensor.unscoped(() -> Tensor.of(start)).requireGradient();
    TextTransformer text = (TextTransformer) model.towers().orElseThrow().text();
    return new ContextTraining(task, new ContextTower(text, context, 1), EncoderFixture.ids(), 2);
  }

  private static FloatMatrix context(JsonNode problem) {
    return Fixture.matrix(problem.get("start"));
  }
}
