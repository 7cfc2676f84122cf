package dev.auscult.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.tensor.AdamW;
import dev.auscult.tensor.Functions;
import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Against conformance/pretraining_losses.py: torch.optim.AdamW on two tiny contrastive problems.
 */
class PyTorchAgreementTest {
  /** Sixty float32 updates in a possibly different order of summation. */
  private static final double TOLERANCE = 1e-5;

  private static final int STEPS = 60;
  private static final String INFO_NCE = "adamw_and_infonce.json";
  private static final String SOFT_TARGETS = "adamw_and_soft_targets.json";

  @ParameterizedTest
  @ValueSource(strings = {INFO_NCE, SOFT_TARGETS})
  void everyStepHasTheLossAndTheGradientNormOfTorch(String fixture) {
    JsonNode reference = reference(fixture);
    Map<String, Tensor> parameters = initial(reference);
    List<Double> losses = new ArrayList<>();
    List<Double> norms = new ArrayList<>();

    train(reference, parameters, losses, norms);

    for (int step = 0; step < STEPS; step++) {
      assertThat(losses.get(step))
          .as("loss of step %d", step)
          .isCloseTo(reference.get("losses").get(step).doubleValue(), within(TOLERANCE));
      double norm = reference.get("norms").get(step).doubleValue();
      assertThat(norms.get(step))
          .as("gradient norm of step %d", step)
          .isCloseTo(norm, within(TOLERANCE * (1 + norm)));
    }
    parameters.forEach(
        (name, tensor) ->
            assertThat(tensor.toFloats())
                .as(name)
                .containsExactly(floats(reference.get("final").get(name)), within(1e-5f)));
    parameters.values().forEach(Tensor::close);
  }

  @Test
  void learningRateFollowsTheSchedule() {
    JsonNode reference = reference(INFO_NCE);
    LearningRate schedule = schedule(reference);

    for (int step = 0; step < STEPS; step++) {
      assertThat(schedule.at(step))
          .isCloseTo(reference.get("rates").get(step).doubleValue(), within(1e-15));
    }
    assertThat(schedule.at(STEPS)).isZero();
  }

  private static void train(
      JsonNode reference, Map<String, Tensor> parameters, List<Double> losses, List<Double> norms) {
    JsonNode settings = reference.get("optimiser");
    List<AdamW.Parameter> groups =
        parameters.values().stream()
            .map(
                tensor ->
                    new AdamW.Parameter(
                        tensor, tensor.rank() >= 2 ? settings.get("decay").doubleValue() : 0))
            .toList();
    AdamW.Settings constants =
        new AdamW.Settings(
            settings.get("beta1").doubleValue(),
            settings.get("beta2").doubleValue(),
            settings.get("epsilon").doubleValue());
    LearningRate rate = schedule(reference);
    try (AdamW optimiser = new AdamW(groups, constants)) {
      for (int step = 0; step < STEPS; step++) {
        try (Scope scope = Scope.open()) {
          Tensor loss = loss(reference, parameters);
          losses.add(loss.item());
          loss.backward();
        }
        norms.add(optimiser.clipGradients(settings.get("clip").doubleValue()));
        optimiser.step(rate.at(step));
        Objects.requireNonNull(parameters.get("logit_scale"))
            .clampInPlace(0, Trainer.MAX_LOGIT_SCALE);
      }
    }
  }

  private static Tensor loss(JsonNode reference, Map<String, Tensor> parameters) {
    Tensor images = encode(parameters, "image", input(reference, "images"));
    Tensor texts = encode(parameters, "text", input(reference, "texts"));
    Tensor scale = Objects.requireNonNull(parameters.get("logit_scale"));
    if (reference.has("negatives")) {
      return ContrastiveLoss.withHardNegatives(
          images, texts, encode(parameters, "text", input(reference, "negatives")), scale);
    }
    Tensor labels = input(reference, "text_labels");
    return SemanticMatchingLoss.of(
        images, texts, scale, input(reference, "image_labels").matmul(labels.transpose(0, 1)));
  }

  private static Tensor encode(Map<String, Tensor> parameters, String tower, Tensor input) {
    return Functions.l2Normalize(
        Functions.linear(
            input,
            Objects.requireNonNull(parameters.get(tower + ".weight")),
            parameters.get(tower + ".bias")));
  }

  private static LearningRate schedule(JsonNode reference) {
    JsonNode schedule = reference.get("schedule");
    return new LearningRate(
        schedule.get("peak").doubleValue(),
        schedule.get("warmup").longValue(),
        schedule.get("total").longValue());
  }

  private static Map<String, Tensor> initial(JsonNode reference) {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : reference.get("initial").properties()) {
      float[] values = floats(entry.getValue().get("values"));
      long[] shape = shape(entry.getValue().get("shape"));
      parameters.put(
          entry.getKey(), Tensor.unscoped(() -> Tensor.of(values, shape)).requireGradient());
    }
    return parameters;
  }

  private static Tensor input(JsonNode reference, String name) {
    return Tensor.of(floats(reference.get(name)), shape(reference.get("shapes").get(name)));
  }

  private static float[] floats(JsonNode node) {
    float[] values = new float[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = node.get(i).floatValue();
    }
    return values;
  }

  private static long[] shape(JsonNode node) {
    long[] shape = new long[node.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = node.get(i).longValue();
    }
    return shape;
  }

  private static JsonNode reference(String fixture) {
    try (InputStream in = PyTorchAgreementTest.class.getResourceAsStream(fixture)) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in, "fixture"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
