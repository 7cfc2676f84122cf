package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.checkpoint.Checkpoint;
import dev.auscult.checkpoint.SafetensorsFile;
import dev.auscult.checkpoint.SafetensorsWriter;
import dev.auscult.tensor.Compute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ModelsTest {
  private static final ClipFixture COMPLETE = new ClipFixture("complete");

  private final Path folder;

  ModelsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void copyACompleteModel() throws IOException {
    try (var files = Files.list(COMPLETE.folder())) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(String.valueOf(file.getFileName())));
      }
    }
    Files.delete(folder.resolve("expected.safetensors"));
  }

  private void load() {
    Models.load(folder.toString(), Compute.standard()).close();
  }

  private void editConfig(Consumer<ObjectNode> edit) throws IOException {
    Path file = folder.resolve("config.json");
    ObjectNode config = (ObjectNode) JsonMapper.shared().readTree(Files.readAllBytes(file));
    edit.accept(config);
    Files.writeString(file, config.toString());
  }

  /** Writes the weights anew without one tensor, and with others. */
  private void editWeights(String without, Map<String, List<Long>> with) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    SafetensorsFile file = SafetensorsFile.open(COMPLETE.folder().resolve("model.safetensors"));
    file.names().stream()
        .filter(name -> !name.equals(without))
        .map(file::get)
        .forEach(writer::addStored);
    with.forEach(
        (name, shape) ->
            writer.addFloats(
                name,
                shape,
                new float[shape.stream().mapToInt(Long::intValue).reduce(1, Math::multiplyExact)]));
    Files.delete(folder.resolve("model.safetensors"));
    writer.write(folder.resolve("model.safetensors"));
  }

  private void assertRefused(String... findings) {
    assertThatThrownBy(this::load)
        .isInstanceOf(InputException.class)
        .satisfies(error -> assertThat(error.getMessage()).contains(findings).doesNotContain("\n"));
  }

  /** Otherwise an audit would go on under other preprocessing as if nothing had changed. */
  @Test
  void whatAHintChangesIsPartOfTheConfiguration() throws IOException {
    ContentHash own = configuration();
    Files.writeString(folder.resolve("auscult.json"), "{\"model\": \"plip\"}");
    ContentHash forTheLicence = configuration();
    Files.writeString(folder.resolve("auscult.json"), "{\"model\": \"pubmedclip-original\"}");
    ContentHash otherPreprocessing = configuration();

    assertThat(forTheLicence).isEqualTo(own);
    assertThat(otherPreprocessing).isNotEqualTo(own);
  }

  private ContentHash configuration() {
    try (DualEncoder encoder = Models.load(folder.toString(), Compute.standard())) {
      return encoder.identity().configuration();
    }
  }

  @Test
  void loadsACompleteFolder() {
    load();
  }

  @Test
  void hashesWeightsAndConfiguration() throws IOException {
    try (DualEncoder encoder = Models.load(folder.toString(), Compute.standard())) {
      assertThat(encoder.identity().weights())
          .isEqualTo(ContentHash.of(folder.resolve("model.safetensors")));
      assertThat(encoder.identity().configuration())
          .isEqualTo(Checkpoint.open(folder).configuration());
    }
  }

  @Test
  void namesAMissingTensor() throws IOException {
    editWeights("vision_model.pre_layrnorm.bias", Map.of());

    assertRefused("model.safetensors", "1 of", "tensors missing: vision_model.pre_layrnorm.bias");
  }

  @Test
  void namesBothShapesOfATensorThatDoesNotFit() throws IOException {
    editWeights("text_projection.weight", Map.of("text_projection.weight", List.of(32L)));

    assertRefused("\"text_projection.weight\" of shape [32]", "expected shape [16, 16]");
  }

  @Test
  void ignoresPositionNumbersAndForeignHeads() throws IOException {
    editWeights(
        "",
        Map.of(
            "text_model.embeddings.position_ids", List.of(20L), "classifier.weight", List.of(3L)));

    try (DualEncoder encoder = Models.load(folder.toString(), Compute.standard())) {
      assertThat(encoder.architecture().orElseThrow().ignored())
          .containsExactly("classifier.weight", "text_model.embeddings.position_ids");
    }
  }

  @Test
  void refusesWeightsOfADeeperModelThanTheConfigurationDescribes() throws IOException {
    editConfig(config -> ((ObjectNode) config.path("text_config")).put("num_hidden_layers", 1));

    assertRefused("no place for", "text_model.encoder.layers.1.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"model_type":"align","architectures":["AlignModel"]}               | "align" (AlignModel)
          {"model_type":"clip","architectures":["CLIPTextModel"]}             | "clip" (CLIPTextModel)
          {"model_type":"blip"}                           | "blip"
          {}                                                                  | no model_type
          {"model_type":[],"architectures":{"CLIPModel":[]}}                  | no model_type
          """)
  void namesAnUnknownArchitectureAndTheKnownOnes(String config, String finding) throws IOException {
    Files.writeString(folder.resolve("config.json"), config);

    assertRefused("config.json", finding, "clip (CLIPModel)");
  }

  /** A residual network of width 3 and a text encoder, recognised by their names. */
  @Test
  void refusesSizesThatFitNoNetwork() throws IOException {
    Path file = Files.createDirectory(folder.resolve("bare")).resolve("odd.bin");
    SafetensorsWriter writer = new SafetensorsWriter();
    String text = "text_model.model.";
    String image = "vision_model.model.";
    Map.of(
            "text_model.projection_head.weight",
            List.of(8L, 64L),
            text + "embeddings.word_embeddings.weight",
            List.of(9L, 64L),
            text + "embeddings.position_embeddings.weight",
            List.of(77L, 64L),
            text + "embeddings.token_type_embeddings.weight",
            List.of(2L, 64L),
            text + "encoder.layer.0.attention.self.query.weight",
            List.of(64L, 64L),
            text + "encoder.layer.0.intermediate.dense.weight",
            List.of(8L, 64L),
            image + "layer1.0.conv1.weight",
            List.of(3L, 3L, 1L, 1L),
            image + "fc.weight",
            List.of(8L, 96L))
        .forEach(
            (name, shape) ->
                writer.addFloats(
                    name,
                    shape,
                    new float
                        [shape.stream().mapToInt(Long::intValue).reduce(1, Math::multiplyExact)]));
    writer.write(file);

    assertThatThrownBy(() -> Models.load(file.toString(), Compute.standard()))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("odd.bin", "width 3", "MedCLIP");
  }

  @Test
  void namesWhatAnOpenClipConfigurationLacks() throws IOException {
    Files.delete(folder.resolve("config.json"));
    Files.writeString(folder.resolve("open_clip_config.json"), "{}");

    assertRefused("open_clip_config.json", "model_cfg.vision_cfg: absent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"config.json", "model.safetensors", "tokenizer.json", "preprocessor_config.json"})
  void namesAnAbsentTruncatedOrEmptyFile(String name) throws IOException {
    Path file = folder.resolve(name);
    byte[] whole = Files.readAllBytes(file);

    Files.delete(file);
    assertRefused(name);
    for (int length : new int[] {0, 1, 9, whole.length / 2, whole.length - 3}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused(name);
    }
  }

  @Test
  void refusesPreprocessingOfAnotherSize() throws IOException {
    Path file = folder.resolve("preprocessor_config.json");
    Files.writeString(file, Files.readString(file).replace("\"height\": 16", "\"height\": 32"));

    assertRefused("preprocessor_config.json", "32", "16 x 16");
  }

  @Test
  void refusesATokenizerWithMoreIdsThanTheModel() throws IOException {
    editConfig(config -> ((ObjectNode) config.path("text_config")).put("vocab_size", 300));
    String table = "text_model.embeddings.token_embedding.weight";
    editWeights(table, Map.of(table, List.of(300L, 16L)));

    assertRefused("520 ids", "at most 300");
  }

  /** The module is not among the libraries of this one. */
  @ParameterizedTest
  @ValueSource(strings = {"", "auscult-onnx.json", "int8.auscult-onnx.json"})
  void saysWhichModuleAModelInOnnxNeeds(String named) throws IOException {
    Files.writeString(folder.resolve("auscult-onnx.json"), "{}");
    Files.writeString(folder.resolve("int8.auscult-onnx.json"), "{}");

    assertThatThrownBy(() -> Models.load(folder.resolve(named).toString(), Compute.standard()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("auscult-onnx.json: found a model in ONNX, and no module")
        .hasMessageContaining("dev.auscult:auscult-onnx on the class path");
  }

  @ParameterizedTest
  @CsvSource({
    "hf:openai/clip/vit, 'hf:org/name or hf:org/name@revision'",
    "phantom:unknown, 'phantom, phantom:overlay-shortcut, phantom:text-shortcut'",
    "phantom:, 'no such phantom'",
    "/no/such/folder, 'no such folder'",
    "'', 'no name'",
  })
  void explainsNamesThatNameNoModel(String spec, String advice) {
    assertThatThrownBy(() -> Models.load(spec, Compute.standard()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("model " + spec)
        .hasMessageContaining(advice);
  }
}
