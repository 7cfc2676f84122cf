package dev.auscult.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.auscult.base.InputException;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.Models;
import dev.auscult.tensor.Compute;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of strangers: one line that names the file, what is wrong, and what to do. */
class OnnxHostileTest {
  private static final String DESCRIPTION = "auscult-onnx.json";
  private final Path folder;

  OnnxHostileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private void assertRefused(String subject, String found) {
    assertThatThrownBy(() -> Models.load(folder.toString(), Compute.standard()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(subject)
        .hasMessageContaining(found)
        .hasMessageMatching("[^\\n]{1,600}");
  }

  private void describe(String what, String by) throws IOException {
    Path file = folder.resolve(DESCRIPTION);
    String text = Files.readString(file);
    assertThat(text).contains(what);
    Files.writeString(file, text.replace(what, by));
  }

  /** Changes bytes of a file that stand for text of the same length. */
  private void overwrite(String file, String what, String by) throws IOException {
    assertThat(by).hasSameSizeAs(what);
    byte[] bytes = Files.readAllBytes(folder.resolve(file));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(text).contains(what);
    Files.write(folder.resolve(file), text.replace(what, by).getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "image.onnx"               | "../image.onnx"               | image.file: ../image.onnx
          "image.onnx"               | "/etc/passwd"                 | image.file: /etc/passwd
          "image.onnx"               | "a/../../image.onnx"          | image.file: a/../../image.onnx
          "image.onnx"               | "C:\\\\\\\\image.onnx"            | image.file: C:
          "image.onnx"               | "."                           | image.file: .
          "image.onnx"               | "absent.onnx"                 | absent.onnx: found no such file
          "image.onnx"               | "tokenizer.json"              | no ONNX model
          "image.onnx"               | "text.onnx"                   | no input "pixel_values"
          "image.onnx"               | 7                             | image.file: 7
          "size": 16                 | "size": 32                    | preprocessing to 16 x 16
          "size": 16,                | "size": 32, "preprocessing": "openai", | input "pixel_values" of FLOAT [-1, 3, 16, 16]
          "size": 16,                | "size": 16, "preprocessing": "best",   | image.preprocessing: best
          "size": 16                 | "size": 0                     | image.size: 0
          "size": 16                 | "side": 16                    | image.side: an unknown key
          "patch_size": 4            | "patch_size": 5               | image.patch_size: 5
          "input": "pixel_values"    | "input": "pixels"             | no input "pixels"
          "output": "image_embeds"   | "output": "pooled"            | no output "pooled"
          "position": "position",    | "attention_mask": "position", | input "position" of INT64 [-1]
          "position": "position",    |                               | does not name: position
          "ids": "input_ids"         | "ids": "position"             | input "position" of INT64 [-1]
          "longest"                  | "shortest"                    | text.padding: shortest
          "first_end_token"          | "somewhere"                   | text.reads: somewhere
          "context_length": 20       | "context_length": 1000000     | text.context_length: 1000000
          "context_length": 20       | "context_length": 2.5         | text.context_length: 2.5
          "score"                    | "scores"                      | scores: an unknown key
          "scale"                    | "bias"                        | score.scale: absent
          "family": "CLIP            | "family": ["                  | bad JSON
          """)
  void refusesDescriptionsThatDoNotFit(String what, String by, String found) throws IOException {
    OnnxFixture.CLIP.copy(folder);
    describe(what, by == null ? "" : by);

    assertRefused("", found);
  }

  @Test
  void refusesExternalDataElsewhere() throws IOException {
    OnnxFixture.BERT.copy(folder);
    overwrite("text.onnx", "text.onnx.data", "../secrets.txt");

    assertRefused("text.onnx", "weights in the file \"../secrets.txt\"");
  }

  @Test
  void refusesExternalDataThatIsAbsentOrShort() throws IOException {
    OnnxFixture.BERT.copy(folder);
    Path data = folder.resolve("text.onnx.data");
    byte[] bytes = Files.readAllBytes(data);
    Files.write(data, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused("text.onnx", "cannot load");

    Files.delete(data);
    assertRefused("text.onnx.data", "no such file");
  }

  @Test
  void refusesEmbeddingsThatAreNotFiniteOrZero() throws IOException {
    OnnxFixture.BERT.copy(folder);
    Path data = folder.resolve("image.onnx.data");
    byte[] bytes = new byte[Math.toIntExact(Files.size(data))];
    Files.write(data, bytes);
    assertRefused("image.onnx", "an embedding of zeros");

    Arrays.fill(bytes, (byte) 0xff);
    Files.write(data, bytes);
    assertRefused("image.onnx", "an embedding that is not finite");
  }

  @Test
  void refusesEncodersIntoDifferentSpaces() throws IOException {
    OnnxFixture.BERT.copy(folder);
    OnnxFixture clip = OnnxFixture.CLIP;
    Files.copy(clip.folder().resolve("image.onnx"), folder.resolve("small.onnx"));
    describe("image.onnx", "small.onnx");
    try (DualEncoder bert = OnnxFixture.BERT.open();
        DualEncoder small = clip.open()) {
      int side = bert.patchGrid().imageSize();
      assertThat(small.dimension()).isNotEqualTo(bert.dimension());
      describe("\"size\": " + side, "\"size\": 16");
      describe("\"patch_size\": " + bert.patchGrid().patchSize(), "\"patch_size\": 4");
      Files.copy(
          clip.folder().resolve("preprocessor_config.json"),
          folder.resolve("preprocessor_config.json"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    assertRefused(DESCRIPTION, "images of 16 features, texts of ");
  }

  @Test
  void refusesATokenizerWithIdsThatTheNetworkDoesNotKnow() throws IOException {
    OnnxFixture.CLIP.copy(folder);
    Path file = folder.resolve("tokenizer.json");
    String last = "<|endoftext|>\":519";
    String text = Files.readString(file);
    assertThat(text).contains(last);
    Files.writeString(file, text.replace(last, last + ",\"surplus\":520"));

    assertRefused("text.onnx", "a network that fails");
  }

  @Test
  void refusesATextEncoderWhosePaddingChangesItsEmbeddings() {
    assertThatThrownBy(() -> OnnxFixture.CLIP.open("mean.auscult-onnx.json"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("text.mean.onnx: found a text encoder that reads what fills a row");
  }

  @Test
  void refusesEmbeddingsAsLongAsTheirTexts() {
    assertThatThrownBy(() -> OnnxFixture.CLIP.open("length.auscult-onnx.json"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("text.length.onnx: found embeddings of 2 features, others of 5");
  }

  @Test
  void refusesBatchesThatWouldFillTheMemory() throws IOException {
    OnnxFixture.CLIP.copy(folder);
    describe("image.onnx", "image.mass.onnx");
    describe("\"size\": 16", "\"preprocessing\": \"openai\", \"size\": 4096");

    assertRefused("image.mass.onnx", "1000 images of 4096 x 4096 at once");

    String texts =
        Files.readString(folder.resolve("length.auscult-onnx.json"))
            .replace("text.length.onnx", "text.mass.onnx")
            .replace("\"context_length\": 20", "\"context_length\": 65536");
    Files.writeString(folder.resolve(DESCRIPTION), texts);

    assertRefused("text.mass.onnx", "1000 texts of 65536 ids at once");
  }

  @Test
  void refusesAnImageSizeThatTheFileFixes() throws IOException {
    OnnxFixture.CLIP.copy(folder);
    Files.writeString(folder.resolve("auscult.json"), "{\"image_size\": 32}");

    assertRefused("auscult.json", "\"image_size\": 32");
  }

  @Test
  void refusesFilesThatAreNoOrHalfNetworks() throws IOException {
    OnnxFixture.CLIP.copy(folder);
    Path file = folder.resolve("image.onnx");
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 1, 7, 100, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused("image.onnx", "found");
    }
  }

  @Test
  void refusesMoreThanProtocolBuffersHold() throws IOException {
    OnnxFixture.CLIP.copy(folder);
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("image.onnx").toFile(), "rw")) {
      file.setLength(3L << 30); // without content it takes no space
    }

    assertRefused("image.onnx", "3221225472 bytes");
  }

  /** Whatever the bytes say, the reader of the structure answers or refuses in a line. */
  @Test
  void readsDamagedStructuresWithoutAnotherException() throws IOException {
    byte[] whole = Files.readAllBytes(OnnxFixture.BERT.folder().resolve("text.onnx"));
    SplittableRandom random = new SplittableRandom(11);
    Path file = folder.resolve("text.onnx");
    Files.createFile(folder.resolve("text.onnx.data"));
    for (int round = 0; round < 500; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 1 + random.nextInt(6); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Files.write(file, damaged);
      Throwable thrown = catchThrowable(() -> OnnxGraph.read(file));
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(InputException.class);
      }
    }
  }
}
