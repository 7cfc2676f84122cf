package dev.auscult.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.auscult.checkpoint.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Commands on a model that conformance/onnx_export.py exported of {@link Cli#MODEL}. */
class OnnxModelTest {
  private static final Path EXPORTED =
      Path.of("..", "onnx", "src", "test", "resources", "dev", "auscult", "onnx", "clip");

  private static final Path INT8 = EXPORTED.resolve("int8.auscult-onnx.json");

  /** Of shares in [0, 1]; embeddings are float32, computed by two engines. */
  private static final double ROUNDING = 1e-5;

  private final Path folder;

  OnnxModelTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void auditsTheExportLikeTheCheckpoint() {
    Cli.Outcome outcome =
        Cli.run(
            "audit",
            "--model",
            Cli.MODEL,
            "--model",
            EXPORTED,
            "--model",
            INT8,
            "--data",
            "phantom:n=13,size=48",
            "--task",
            "isa",
            "--samples",
            "3",
            "--seed",
            "1",
            "--out",
            folder,
            "--json");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    Iterator<JsonNode> models = outcome.json().path("result").path("models").iterator();
    JsonNode checkpoint = models.next();
    JsonNode exported = models.next();
    JsonNode int8 = models.next();
    for (String figure : new String[] {"tscore", "delta"}) {
      double expected = checkpoint.path(figure).path("mean").doubleValue();
      assertThat(exported.path(figure).path("mean").doubleValue())
          .isCloseTo(expected, within(ROUNDING));
      assertThat(int8.path(figure).path("mean").doubleValue())
          .isCloseTo(expected, within(.2))
          .isNotCloseTo(expected, within(ROUNDING));
    }
    assertThat(exported.path("encoder_passes")).isEqualTo(checkpoint.path("encoder_passes"));
    assertThat(outcome.json().path("provenance").toString()).contains("ONNX Runtime 1.");
  }

  @Test
  void hidesTokensFromAnEncoderWithoutAMaskByTellingWhatToDoInstead() {
    Cli.Outcome outcome =
        Cli.run(
            "audit",
            "--model",
            EXPORTED,
            "--data",
            "phantom:n=13,size=48",
            "--task",
            "isa",
            "--samples",
            "1",
            "--text-mask",
            "drop",
            "--out",
            folder);

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("cannot hide tokens").contains("tokenizer-mask");
  }

  @Test
  void classifiesLikeTheCheckpoint() throws IOException {
    JsonNode expected = probabilities(Cli.MODEL);
    JsonNode found = probabilities(EXPORTED);

    assertThat(found).hasSameSizeAs(expected).hasSize(2);
    for (int image = 0; image < expected.size(); image++) {
      assertThat(found.get(image).at("/probabilities/a").doubleValue())
          .isCloseTo(expected.get(image).at("/probabilities/a").doubleValue(), within(1e-4));
    }
  }

  private JsonNode probabilities(Path model) throws IOException {
    Path images = Pictures.folder(folder.resolve("images"), 2);
    Cli.Outcome outcome =
        Cli.run("classify", "--model", model, "--images", images, "--labels", "a;b", "--json");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome.json().at("/result/predictions");
  }

  @Test
  void embeds() throws IOException {
    Path images = Pictures.folder(folder.resolve("images"), 2);
    Path vectors = folder.resolve("vectors.safetensors");

    Cli.Outcome outcome =
        Cli.run("embed", "--model", INT8, "--images", images, "--out", vectors, "--threads", "1");

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(SafetensorsFile.open(vectors).get("embeddings").shape()).containsExactly(2L, 16L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auscult-onnx.json", "int8.auscult-onnx.json"})
  void inspects(String description) {
    JsonNode facts =
        Cli.run("models", "inspect", EXPORTED.resolve(description), "--json").json().path("result");

    assertThat(facts.path("layout").asString()).isEqualTo("ONNX (auscult-onnx.json)");
    assertThat(facts.path("engine").asString()).startsWith("ONNX Runtime 1.");
    assertThat(facts.path("image_encoder").asString().contains("dynamic int8"))
        .isEqualTo(description.startsWith("int8"));
    assertThat(facts.path("patch_size").asInt()).isEqualTo(4);
  }
}
