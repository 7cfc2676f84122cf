package dev.auscult.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private final Path folder;

  CheckpointTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void writeAConfiguration() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"model_type\":\"clip\"}");
  }

  private void weights(String file, String... names) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    for (String name : names) {
      writer.addFloats(name, List.of(2L), new float[] {1, 2});
    }
    writer.write(folder.resolve(file));
  }

  private void index(String weightMap) throws IOException {
    Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        "{\"metadata\":{\"total_size\":16},\"weight_map\":" + weightMap + "}");
  }

  @Test
  void opensASingleFile() throws IOException {
    weights("model.safetensors", "a", "b");

    Checkpoint checkpoint = Checkpoint.open(folder);

    assertThat(checkpoint.names()).containsExactlyInAnyOrder("a", "b");
    assertThat(checkpoint.config().path("model_type").stringValue()).isEqualTo("clip");
    assertThat(checkpoint.weights()).isEqualTo(ContentHash.of(folder.resolve("model.safetensors")));
  }

  @Test
  void opensShards() throws IOException {
    weights("model-00001-of-00002.safetensors", "a");
    weights("model-00002-of-00002.safetensors", "b", "not in the index");
    index(
        """
        {"b":"model-00002-of-00002.safetensors","a":"model-00001-of-00002.safetensors"}""");

    Checkpoint checkpoint = Checkpoint.open(folder);

    assertThat(checkpoint.names()).containsExactlyInAnyOrder("a", "b");
    assertThat(checkpoint.weightsName()).endsWith("model.safetensors.index.json");
  }

  @Test
  void hashesEveryShardByNameAndContent() throws IOException {
    weights("one.safetensors", "a");
    weights("two.safetensors", "b");
    index("{\"a\":\"one.safetensors\",\"b\":\"two.safetensors\"}");
    ContentHash before = Checkpoint.open(folder).weights();
    index("{\"b\":\"two.safetensors\",\"a\":\"one.safetensors\"}");
    ContentHash reordered = Checkpoint.open(folder).weights();
    new SafetensorsWriter()
        .addFloats("b", List.of(2L), new float[] {1, 3})
        .write(folder.resolve("two.safetensors"));

    assertThat(reordered).isEqualTo(before);
    assertThat(Checkpoint.open(folder).weights()).isNotEqualTo(before);
  }

  @Test
  void hashesTokenizerAndPreprocessingWithTheConfiguration() throws IOException {
    weights("model.safetensors", "a");
    ContentHash before = Checkpoint.open(folder).configuration();
    Files.writeString(folder.resolve("README.md"), "not part of it");
    ContentHash withReadme = Checkpoint.open(folder).configuration();
    Files.writeString(folder.resolve("tokenizer.json"), "{}");

    assertThat(withReadme).isEqualTo(before);
    assertThat(Checkpoint.open(folder).configuration()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside.safetensors",
        "/etc/passwd",
        "..",
        ".",
        "",
        "sub/one.safetensors",
        "..\\\\outside.safetensors",
        "a\\u0000b"
      })
  void refusesShardsOutsideTheFolder(String shard) throws IOException {
    index("{\"a\":\"" + shard + "\"}");

    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("index.json")
        .hasMessageContaining("in the same folder");
  }

  @Test
  void namesAnAbsentShardAndATensorThatItsShardLacks() throws IOException {
    index("{\"a\":\"one.safetensors\"}");
    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("one.safetensors")
        .hasMessageContaining("no such file");

    weights("one.safetensors", "b");
    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("one.safetensors")
        .hasMessageContaining("no tensor \"a\"");
  }

  @Test
  void namesWeightsThatItCannotRead() throws IOException {
    Files.writeString(folder.resolve("flax_model.msgpack"), "");

    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("flax_model.msgpack")
        .hasMessageContaining("model.safetensors");
  }

  @Test
  void opensAFolderWithoutConfigurationAndSaysSoWhenItIsWanted() throws IOException {
    Files.delete(folder.resolve("config.json"));
    Files.writeString(folder.resolve("open_clip_config.json"), "{\"model_cfg\":{}}");
    weights("open_clip_model.safetensors", "a");

    Checkpoint checkpoint = Checkpoint.open(folder);

    assertThat(checkpoint.json("open_clip_config.json").orElseThrow().has("model_cfg")).isTrue();
    assertThat(checkpoint.json("config.json")).isEmpty();
    assertThatThrownBy(checkpoint::config)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("config.json: found no such file");
  }

  @Test
  void opensAFileWithWhatLiesBesideIt() throws IOException {
    weights("ViT-B-32.pt", "a");

    Checkpoint checkpoint = Checkpoint.open(folder.resolve("ViT-B-32.pt"));

    assertThat(checkpoint.names()).containsExactly("a");
    assertThat(checkpoint.folder()).isEqualTo(folder);
    assertThat(checkpoint.config().path("model_type").stringValue()).isEqualTo("clip");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "open_clip_config.json",
        "vocab.txt",
        "spiece.model",
        "bpe_simple_vocab_16e6.txt.gz"
      })
  void hashesEveryFileThatDecidesWhatTheModelComputes(String file) throws IOException {
    weights("model.safetensors", "a");
    ContentHash before = Checkpoint.open(folder).configuration();
    Files.writeString(folder.resolve(file), "{}");

    assertThat(Checkpoint.open(folder).configuration()).isNotEqualTo(before);
  }

  @Test
  void refusesAnEmptyFileAndAFolderThatIsNotThere() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> Checkpoint.open(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("an empty file");
    assertThatThrownBy(() -> Checkpoint.open(folder.resolve("absent")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no such folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "1", "{", "{\"a\":1} x", "nul", "{\"a\":1}}", "\u0000"})
  void refusesAConfigurationThatIsNoJsonObject(String json) throws IOException {
    weights("model.safetensors", "a");
    Files.writeString(folder.resolve("config.json"), json);

    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("config.json")
        .hasMessageContaining("JSON object");
  }

  @Test
  void refusesNestedBombsAndHugeConfigurations() throws IOException {
    weights("model.safetensors", "a");
    Files.writeString(folder.resolve("config.json"), "{\"a\":" + "[".repeat(1_000_000));
    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("config.json");

    Files.writeString(folder.resolve("config.json"), " ".repeat(25_000_001));
    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("25000001 bytes");
  }

  @Test
  void namesEveryMissingTensorBeforeAnyIsTaken() throws IOException {
    weights("model.safetensors", "a");
    Map<String, List<Long>> wanted = new LinkedHashMap<>();
    wanted.put("a", List.of(2L));
    wanted.put("b", List.of(2L));
    wanted.put("c", List.of(2L));

    assertThatThrownBy(() -> Checkpoint.open(folder).require(wanted))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("model.safetensors")
        .hasMessageContaining("2 of 3 tensors missing: b, c");
  }

  @Test
  void namesBothShapesWhenTheyDiffer() throws IOException {
    weights("model.safetensors", "a");

    assertThatThrownBy(() -> Checkpoint.open(folder).require(Map.of("a", List.of(2L, 1L))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("\"a\" of shape [2]")
        .hasMessageContaining("shape [2, 1]");
  }

  @Test
  void refusesWeightsThatAreNotFloatingPoint() throws IOException {
    new SafetensorsWriter()
        .addLongs("a", List.of(2L), new long[] {1, 2})
        .write(folder.resolve("model.safetensors"));

    assertThatThrownBy(() -> Checkpoint.open(folder).require(Map.of("a", List.of(2L))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("I64");
  }
}
