package dev.auscult.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import dev.auscult.tensor.Scope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of conformance/torch_checkpoints.py, written by PyTorch itself. */
class TorchFileTest {
  private static final Path FIXTURES =
      Path.of("src/test/resources/dev/auscult/checkpoint/torch").toAbsolutePath();

  private final Path folder;

  TorchFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({
    "plain, ''",
    "protocol-4, ''",
    "protocol-5, ''",
    "nested, ''",
    "types, ''",
    "views, ''",
    "training, state_dict module.",
    "configured, model",
    "model-state, model_state_dict",
    "model-module, model module",
    "parameters, ''",
    "half-and-float, state_dict",
    "scripted, ''",
    "traced, ''"
  })
  void readsEveryTensorBitForBit(String name, String unwrapped) {
    Weights weights = Weights.open(FIXTURES.resolve(name + ".pt"));

    assertThat(String.join(" ", weights.unwrapped())).isEqualTo(unwrapped);
    assertSame(weights, SafetensorsFile.open(FIXTURES.resolve(name + ".expected.safetensors")));
  }

  @Test
  void readsShards() {
    Weights weights = Weights.open(FIXTURES.resolve("sharded"));

    assertSame(weights, SafetensorsFile.open(FIXTURES.resolve("sharded/expected.safetensors")));
    assertThat(weights.weightsName()).endsWith("pytorch_model.bin.index.json");
    assertThat(weights.files()).hasSize(2);
  }

  private static void assertSame(Weights weights, SafetensorsFile expected) {
    assertThat(weights.names()).containsAll(expected.names());
    for (String name : expected.names()) {
      StoredTensor tensor = weights.get(name);
      StoredTensor wanted = expected.get(name);
      assertThat(tensor.type()).as(name).isEqualTo(wanted.type());
      assertThat(tensor.shape()).as(name).isEqualTo(wanted.shape());
      assertThat(tensor.bytes()).as(name).isEqualTo(wanted.bytes());
      try (Scope scope = Scope.inference()) {
        assertThat(tensor.view().shape()).as(name).isEqualTo(wanted.view().shape());
        if (tensor.count() > 0) {
          assertThat(tensor.view().toDoubles()).as(name).containsExactly(wanted.view().toDoubles());
        }
      }
    }
    assertThat(weights.names()).hasSameSizeAs(expected.names());
  }

  @Test
  void viewsTransposedTensorsInPlace() {
    Weights weights = Weights.open(FIXTURES.resolve("views.pt"));

    assertThat(weights.get("turned").strides()).containsExactly(1L, 10L);
    assertThat(weights.get("columns").shape()).containsExactly(6L, 4L);
    assertThat(weights.get("columns").transpose().strides()).containsExactly(1L, 10L);
    assertThat(weights.get("embedding.weight").bytes())
        .isEqualTo(weights.get("decoder.weight").bytes());
  }

  @Test
  void mapsTensorsInsteadOfCopyingThem() {
    ByteBuffer bytes = Weights.open(FIXTURES.resolve("plain.pt")).get("fc.weight").bytes();

    assertThat(bytes.isDirect()).isTrue();
    assertThat(bytes.isReadOnly()).isTrue();
    assertThat(bytes.alignmentOffset(0, 64)).isZero();
  }

  @Test
  void readsWhatAnotherProgramPackedAnewWithoutCompression() throws IOException {
    for (String name : List.of("plain", "views", "types")) {
      Path packed = folder.resolve(name + ".pt");
      pack(FIXTURES.resolve(name + ".pt"), packed, ZipOutputStream.STORED);

      Weights weights = Weights.open(packed);

      assertSame(weights, SafetensorsFile.open(FIXTURES.resolve(name + ".expected.safetensors")));
      for (String tensor : weights.names()) {
        StoredTensor stored = weights.get(tensor);
        assertThat(stored.bytes().alignmentOffset(0, stored.type().bytes())).isZero();
      }
    }
  }

  @Test
  void refusesWhatAnotherProgramCompressed() throws IOException {
    Path packed = folder.resolve("plain.pt");
    pack(FIXTURES.resolve("plain.pt"), packed, ZipOutputStream.DEFLATED);

    assertThatThrownBy(() -> Weights.open(packed))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the compressed entry plain/");
  }

  private static void pack(Path from, Path to, int method) throws IOException {
    try (ZipFile in = new ZipFile(from.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        ZipEntry packed = new ZipEntry(entry.getName());
        packed.setMethod(method);
        if (method == ZipOutputStream.STORED) {
          packed.setSize(entry.getSize());
          packed.setCrc(entry.getCrc());
        }
        out.putNextEntry(packed);
        in.getInputStream(entry).transferTo(out);
        out.closeEntry();
      }
    }
  }

  /** Sparse, so that it takes no room on disk. */
  @Test
  void readsArchivesBeyondFourGigabytes() throws IOException {
    Path spread = folder.resolve("large.pt");
    SpreadArchive.write(FIXTURES.resolve("plain.pt"), spread, 1_500_000_000L);

    assertThat(Files.size(spread)).isGreaterThan(8L << 30);
    assertSame(
        Weights.open(spread), SafetensorsFile.open(FIXTURES.resolve("plain.expected.safetensors")));
  }

  @Test
  void refusesADescriptionThatIsTooLong() throws IOException {
    Path file = folder.resolve("long.pt");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      ZipEntry entry = new ZipEntry("long/data.pkl");
      byte[] bytes = new byte[(32 << 20) + 1];
      CRC32 crc = new CRC32();
      crc.update(bytes);
      entry.setMethod(ZipOutputStream.STORED);
      entry.setSize(bytes.length);
      entry.setCrc(crc.getValue());
      out.putNextEntry(entry);
      out.write(bytes);
      out.closeEntry();
    }

    assertThatThrownBy(() -> Weights.open(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("long/data.pkl of 33554433 bytes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          refused/whole-module.pt | the Python object torch.nn.modules.container.Sequential
          refused/complex.pt      | a tensor of torch.ComplexFloatStorage
          refused/float8.pt       | a tensor of torch.float8_e4m3fn
          refused/uint16.pt       | a tensor of torch.uint16
          refused/sparse.pt       | the Python object torch._utils._rebuild_sparse_tensor
          refused/expanded.pt     | a tensor of shape [1000] with strides [0] from element 0 of expanded/data/0, which has 4 bytes
          refused/no-tensors.pt   | no tensors
          refused/one-tensor.pt   | a tensor without a name
          refused/meta.pt         | the Python object torch._utils._rebuild_meta_tensor_no_storage
          legacy.pt               | a bare pickle, as PyTorch wrote before version 1.6
          """)
  void refusesWhatItCannotRepresentAndSaysWhat(String name, String finding) {
    Path file = FIXTURES.resolve(name);

    assertThatThrownBy(() -> Weights.open(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file + ": found " + finding);
  }

  @Test
  void namesTensorsOfShardsAsTheIndexDoes() {
    Weights weights = Weights.open(FIXTURES.resolve("sharded/pytorch_model.bin.index.json"));

    assertThat(weights.require(Map.of("fc.weight", List.of(3L, 4L)))).hasSize(1);
  }
}
