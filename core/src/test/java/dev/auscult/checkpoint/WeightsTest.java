package dev.auscult.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsTest {
  private final Path folder;

  WeightsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path write(String file, String... names) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    for (String name : names) {
      writer.addFloats(name, List.of(2L, 3L), new float[] {1, 2, 3, 4, 5, 6});
    }
    Path target = folder.resolve(file);
    writer.write(target);
    return target;
  }

  @Test
  void recognisesAFileByItsContent() throws IOException {
    Path file = write("weights.pt", "a");

    Weights weights = Weights.open(file);

    assertThat(weights.names()).containsExactly("a");
    assertThat(weights.weightsName()).isEqualTo(file.toString());
    assertThat(weights.files()).containsExactly(file);
    assertThat(weights.bytes()).isEqualTo(Files.size(file));
    assertThat(weights.hash()).isEqualTo(ContentHash.of(file));
    assertThat(weights.unwrapped()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model.safetensors, pytorch_model.bin, open_clip_model.safetensors, x.pt | model.safetensors",
        "model.safetensors.index.json, pytorch_model.bin                | model.safetensors.index.json",
        "pytorch_model.bin, open_clip_model.safetensors                        | pytorch_model.bin",
        "config.json, open_clip_config.json, pytorch_model.bin, open_clip_model.safetensors | pytorch_model.bin",
        "open_clip_config.json, pytorch_model.bin, open_clip_model.safetensors | open_clip_model.safetensors",
        "open_clip_config.json, model.safetensors, open_clip_pytorch_model.bin | open_clip_pytorch_model.bin",
        "pytorch_model.bin.index.json, shard-1.bin, shard-2.bin                | pytorch_model.bin.index.json",
        "ViT-B-32.pt, notes.txt                                                | ViT-B-32.pt",
        "a.safetensors, b.pth, c.tar                                           | a.safetensors",
        "swin.TAR                                                              | swin.TAR"
      })
  void choosesAmongTheFilesOfAFolder(String present, String chosen) throws IOException {
    for (String name : present.split(", ", -1)) {
      Files.createFile(folder.resolve(name));
    }

    assertThat(WeightChoice.in(folder).file()).isEqualTo(folder.resolve(chosen));
  }

  @Test
  void listsSeveralFilesThatNoRuleChoosesFrom() throws IOException {
    write("epoch-1.pt", "a");
    write("epoch-2.pth", "a");

    assertThatThrownBy(() -> Weights.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("several files of weights: epoch-1.pt, epoch-2.pth")
        .hasMessageContaining("name the file that is meant");
  }

  @ParameterizedTest
  @CsvSource({
    "version https://git-lfs.github.com/spec/v1, a Git LFS pointer",
    "<!DOCTYPE html><html>, an HTML page",
    "GGUF0123, a GGUF file",
    "a long text, begins with the bytes 61 20 6c 6f 6e 67 20 74",
    "x, begins with the bytes 78",
    "{}, no weight_map"
  })
  void saysWhatAnotherFileIs(String content, String finding) throws IOException {
    Path file = Files.writeString(folder.resolve("model.safetensors"), content);

    assertThatThrownBy(() -> Weights.open(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("model.safetensors: found")
        .hasMessageContaining(finding);
  }

  @Test
  void saysThatATarHasToBeUnpacked() throws IOException {
    byte[] tar = new byte[1024];
    System.arraycopy("swin.bin".getBytes(StandardCharsets.US_ASCII), 0, tar, 0, 8);
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
    Path file = Files.write(folder.resolve("swin.tar"), tar);

    assertThatThrownBy(() -> Weights.open(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a packed archive")
        .hasMessageContaining("unpack it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.", "\u0080\u0004\u0095"})
  void saysHowToConvertABarePickle(String content) throws IOException {
    Path file = folder.resolve("old.pth");
    Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> Weights.open(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("old.pth: found a bare pickle")
        .hasMessageContaining("weights_only=True");
  }

  @Test
  void givesTensorsUnderTheNamesOfAnotherLayout() throws IOException {
    Weights weights =
        Weights.open(write("a.safetensors", "visual.proj", "attn.in_proj_weight", "unused"));
    Map<String, Origin> origins = new LinkedHashMap<>();
    origins.put("visual_projection.weight", Origin.of("visual.proj").transpose());
    origins.put("q", Origin.of("attn.in_proj_weight").part(0, 2).reshape(3));
    origins.put("k", Origin.of("attn.in_proj_weight").part(1, 2));
    origins.put("bias", Origin.of("attn.in_proj_bias"));

    Weights renamed = weights.renamed(origins);

    assertThat(renamed.names()).containsExactly("visual_projection.weight", "q", "k");
    renamed.require(Map.of("visual_projection.weight", List.of(3L, 2L)));
    StoredTensor projection = renamed.get("visual_projection.weight");
    assertThat(projection.toFloats()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(projection.name()).isEqualTo("visual.proj");
    assertThat(renamed.get("q").toFloats()).containsExactly(1, 2, 3);
    assertThat(renamed.get("k").toFloats()).containsExactly(4, 5, 6);
    assertThat(renamed.hash()).isEqualTo(weights.hash());
  }

  @Test
  void errorsNameTensorsAsTheFileDoes() throws IOException {
    Weights weights = Weights.open(write("a.safetensors", "text.proj", "text.in")).under("text.");
    Weights renamed =
        weights.renamed(
            Map.of("projection", Origin.of("proj").transpose(), "bias", Origin.of("proj.bias")));

    assertThatThrownBy(
            () -> renamed.require(Map.of("bias", List.of(2L), "projection", List.of(3L, 2L))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("1 of 2 tensors missing: text.proj.bias;");
    assertThatThrownBy(
            () -> renamed.require(Map.of("projection", List.of(2L, 3L)), "open_clip_config.json"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("tensor \"text.proj\" of shape [3, 2]")
        .hasMessageContaining("shape [2, 3], as open_clip_config.json says");
    assertThatThrownBy(() -> weights.renamed(Map.of("v", Origin.of("in").part(0, 3))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("tensor \"text.in\" of shape [2, 3]")
        .hasMessageContaining("weights and configuration belong together");
    assertThatThrownBy(() -> renamed.get("bias"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no tensor \"text.proj.bias\"");
  }
}
