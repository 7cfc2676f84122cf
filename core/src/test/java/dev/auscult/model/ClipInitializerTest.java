package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.base.Seed;
import dev.auscult.tensor.Scope;
import dev.auscult.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClipInitializerTest {
  private static final ClipConfig CONFIG =
      new ClipConfig(
          new ClipConfig.Vision(
              new TransformerConfig(128, 3, 4, 256, Activation.GELU, 1e-5),
              3,
              new PatchGrid(64, 8)),
          new ClipConfig.Text(
              new TransformerConfig(64, 2, 4, 128, Activation.GELU, 1e-5), 600, 32, 597, 598, 599),
          48,
          ClipConfig.LOGIT_SCALE);

  /** Standard deviations of initialize_parameters in OpenAI's code, in both towers. */
  @Test
  void drawsWithOpenAisStandardDeviations() {
    Map<String, Double> expected =
        Map.ofEntries(
            Map.entry("text_model.embeddings.token_embedding.weight", .02),
            Map.entry("text_model.embeddings.position_embedding.weight", .02),
            Map.entry("vision_model.embeddings.patch_embedding.weight", .02),
            Map.entry("vision_model.embeddings.position_embedding.weight", .02),
            Map.entry("vision_model.embeddings.class_embedding", Math.pow(128, -.5)),
            Map.entry("visual_projection.weight", Math.pow(128, -.5)),
            Map.entry("text_projection.weight", Math.pow(64, -.5)),
            Map.entry("vision_model.encoder.layers.2.self_attn.q_proj.weight", Math.pow(128, -.5)),
            Map.entry("text_model.encoder.layers.0.self_attn.v_proj.weight", Math.pow(64, -.5)),
            Map.entry(
                "text_model.encoder.layers.0.self_attn.out_proj.weight",
                Math.pow(64, -.5) * Math.pow(4, -.5)),
            Map.entry("vision_model.encoder.layers.0.mlp.fc1.weight", Math.pow(256, -.5)),
            Map.entry(
                "vision_model.encoder.layers.0.mlp.fc2.weight",
                Math.pow(128, -.5) * Math.pow(6, -.5)));
    try (Parameters parameters = ClipInitializer.draw(CONFIG, new Seed(1));
        Scope scope = Scope.inference()) {
      expected.forEach(
          (name, std) -> {
            Tensor tensor = parameters.get(name);
            // Five standard errors of an estimated standard deviation.
            double tolerance = 5 * std / Math.sqrt(2.0 * tensor.elements());
            assertThat(Math.sqrt(tensor.multiply(tensor).mean().item()))
                .as(name)
                .isCloseTo(std, within(tolerance));
          });
    }
  }

  @Test
  void beginsWithNeutralNormsAndBiases() {
    try (Parameters parameters = ClipInitializer.draw(CONFIG, new Seed(1))) {
      assertThat(parameters.get("vision_model.pre_layrnorm.weight").toFloats()).containsOnly(1);
      assertThat(parameters.get("text_model.final_layer_norm.bias").toFloats()).containsOnly(0);
      assertThat(parameters.get("text_model.encoder.layers.1.mlp.fc1.bias").toFloats())
          .containsOnly(0);
      assertThat(parameters.get("logit_scale").item()).isCloseTo(2.6592, within(1e-6));
      assertThat(parameters.byName().values()).allMatch(Tensor::requiresGradient);
    }
  }

  @Test
  void drawsTheSameForTheSameSeedOnly() {
    try (Parameters first = ClipInitializer.draw(CONFIG, new Seed(1));
        Parameters again = ClipInitializer.draw(CONFIG, new Seed(1));
        Parameters other = ClipInitializer.draw(CONFIG, new Seed(2))) {
      float[] values = first.get("text_projection.weight").toFloats();
      assertThat(again.get("text_projection.weight").toFloats()).containsExactly(values);
      assertThat(other.get("text_projection.weight").toFloats()).isNotEqualTo(values);
    }
  }

  /** The forward pass of inference is the one that trains: every parameter gets a gradient. */
  @Test
  void everyParameterReceivesAGradient() {
    try (Parameters parameters = ClipInitializer.draw(CONFIG, new Seed(1));
        Scope scope = Scope.open()) {
      ClipModel model = ClipModel.of(CONFIG, parameters);
      Tensor image = model.vision().forward(Tensor.full(.5, 2, 3, 64, 64), null);
      Tensor text =
          model
              .text()
              .forward(
                  new TokenBatch(
                      Tensor.of(new long[] {597, 1, 2, 598, 597, 3, 598, 599}, 2, 4),
                      Tensor.full(1, 2, 4),
                      Tensor.of(new long[] {3, 2}, 2)));
      image.multiply(text).sum().multiply(model.logitScale().exp()).backward();

      parameters
          .byName()
          .forEach((name, tensor) -> assertThat(tensor.hasGradient()).as(name).isTrue());
    }
  }
}
