package dev.auscult.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SafetensorsFileTest {
  private static final Path FIXTURES =
      Path.of("src/test/resources/dev/auscult/checkpoint").toAbsolutePath();

  private final Path folder;

  SafetensorsFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void readsEveryTypeAsTheReferenceWroteIt() throws IOException {
    SafetensorsFile file = SafetensorsFile.open(FIXTURES.resolve("every-type.safetensors"));
    JsonNode expected =
        JsonMapper.shared().readTree(Files.readAllBytes(FIXTURES.resolve("every-type.json")));

    assertThat(file.names()).containsExactlyInAnyOrderElementsOf(expected.propertyNames());
    assertThat(file.metadata()).containsOnlyKeys("made by").containsValue("reference");
    for (String name : file.names()) {
      StoredTensor tensor = file.get(name);
      JsonNode values = expected.path(name).path("values");
      assertThat(tensor.shape())
          .as(name)
          .isEqualTo(
              expected.path(name).path("shape").valueStream().map(JsonNode::longValue).toList());
      if (tensor.type().isFloating()) {
        float[] wanted = new float[values.size()];
        IntStream.range(0, wanted.length).forEach(i -> wanted[i] = asFloat(values.get(i)));
        assertThat(tensor.toFloats()).as(name).containsExactly(wanted);
      } else {
        assertThat(tensor.toLongs())
            .as(name)
            .containsExactly(values.valueStream().mapToLong(JsonNode::longValue).toArray());
      }
    }
  }

  private static float asFloat(JsonNode value) {
    if (value.isNull()) {
      return Float.NaN;
    }
    return value.isString()
        ? (value.stringValue().startsWith("-") ? -1 : 1) * Float.POSITIVE_INFINITY
        : (float) value.doubleValue();
  }

  @Test
  void handsOutMappedBytesThatCannotBeWritten() {
    ByteBuffer bytes =
        SafetensorsFile.open(FIXTURES.resolve("every-type.safetensors")).get("f32").bytes();

    assertThat(bytes.isDirect()).isTrue();
    assertThat(bytes.isReadOnly()).isTrue();
    assertThat(bytes.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void namesAMissingTensor() {
    SafetensorsFile file = SafetensorsFile.open(FIXTURES.resolve("every-type.safetensors"));

    assertThatThrownBy(() -> file.get("f8"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("every-type.safetensors")
        .hasMessageContaining("\"f8\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                              | 4 | 0 bytes of tensors
          []                                                                              | 0 | does not begin with '{'
          {"a":                                                                           | 0 | bad JSON
          {"a":1}                                                                         | 0 | no object
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}}                         | 4 | bad JSON
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} {}                       | 4 | more after
          {"a":{"dtype":"F32","shape":[1]}}                                               | 0 | incomplete
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}                        | 4 | with 3 data_offsets
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}}                          | 4 | range within the 4 bytes
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}                          | 4 | range within
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}                         | 4 | holds -4
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,18446744073709551620]}}       | 4 | holds 18446744073709551620
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}                          | 4 | 8 bytes for F32 of shape [2]
          {"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}      | 0 | impossible shape [4294967296, 4294967296]
          {"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}                        | 4 | whole numbers
          {"a":{"dtype":"F32","shape":"1","data_offsets":[0,4]}}                          | 4 | is no array
          {"a":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}                        | 4 | whole numbers
          {"a":{"dtype":"Q4","shape":[1],"data_offsets":[0,4]}}                           | 4 | of type Q4
          {"a":{"dtype":4,"shape":[1],"data_offsets":[0,4]}}                              | 4 | dtype is no string
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"os":1}}                   | 4 | the key "os"
          {"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}            | 4 | "dtype" twice
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[0],"data_offsets":[4,4]}} | 4 | the name "a" twice
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}                          | 8 | 8 bytes after the header
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}                          | 8 | a gap after the header
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | 8 | "b" at byte 4, overlapping tensor "a"
          {"a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"F32","shape":[1],"data_offsets":[1,5]}}  | 5 | "b" of type F32 at byte 1
          {"__metadata__":{"n":1}}                                                        | 0 | "n" is no string
          {"__metadata__":[]}                                                             | 0 | no object
          {"__metadata__":{"a":"x","a":"y"}}                                              | 0 | "a" twice
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":[[[[[[[[               | 4 | the name "a" twice
          {"a":{"dtype":{"b":{"c":{"d":[[[[[[[[[                                           | 4 | dtype is no string
          """)
  void refusesABrokenHeaderAndSaysWhatIsWrong(String header, int dataBytes, String finding)
      throws IOException {
    Path file = write(header, dataBytes);

    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("broken.safetensors")
        .hasMessageContaining(finding)
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource({
    "25000001, 'at most 25000000'",
    "9223372036854775807, 'at most 25000000'",
    "-1, 'a header of 18446744073709551615 bytes'",
    "1000, 'a header of 1000 bytes in a file of 16'"
  })
  void refusesAHeaderLengthThatTheFileDoesNotJustify(long length, String finding)
      throws IOException {
    Path file = folder.resolve("broken.safetensors");
    Files.write(
        file, ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());

    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(finding);
  }

  @Test
  void refusesEmptyAbsentAndUnreadableFiles() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.safetensors"));

    assertThatThrownBy(() -> SafetensorsFile.open(empty))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("0 bytes");
    assertThatThrownBy(() -> SafetensorsFile.open(folder.resolve("absent")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> SafetensorsFile.open(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void acceptsEmptyTensorsOfHugeOtherDimensions() throws IOException {
    Path file =
        write(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296,0],\"data_offsets\":[0,0]}}",
            0);

    assertThat(SafetensorsFile.open(file).get("a").count()).isZero();
  }

  @Test
  void copiesTensorsOfFilesWhoseHeaderIsNotPadded() throws IOException {
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} ";
    while (header.length() % 4 != 1) {
      header += " ";
    }
    Path file = write(header, 8);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(8L + header.length());
      bytes.writeInt(Integer.reverseBytes(Float.floatToIntBits(1.5f)));
      bytes.writeInt(Integer.reverseBytes(Float.floatToIntBits(-2f)));
    }

    StoredTensor tensor = SafetensorsFile.open(file).get("a");

    assertThat(tensor.toFloats()).containsExactly(1.5f, -2f);
    assertThat(tensor.bytes().isDirect()).isTrue();
    assertThat(tensor.bytes().alignmentOffset(0, 4)).isZero();
  }

  /** Sparse, so that it takes no room on disk. */
  @Test
  void mapsFilesLargerThanOneMappingHolds() throws IOException {
    long each = 1_500_000_000L;
    String header =
        """
        {"a":{"dtype":"U8","shape":[1500000000],"data_offsets":[0,1500000000]},\
        "b":{"dtype":"U8","shape":[1500000000],"data_offsets":[1500000000,3000000000]},\
        "c":{"dtype":"U8","shape":[4],"data_offsets":[3000000000,3000000004]}}""";
    Path file = write(header, 0);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(8L + header.length() + 2 * each);
      bytes.writeInt(0x01020304);
    }

    SafetensorsFile opened = SafetensorsFile.open(file);

    assertThat(opened.get("b").bytes().capacity()).isEqualTo((int) each);
    assertThat(opened.get("c").toLongs()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void refusesATensorLargerThanOneMappingHolds() throws IOException {
    String header =
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[3000000000],\"data_offsets\":[0,3000000000]}}";
    Path file = write(header, 0);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(8L + header.length() + 3_000_000_000L);
    }

    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("\"a\" of 3000000000 bytes");
  }

  @Test
  void readsALargeHeaderWithinItsOwnMemory() throws IOException {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i < 100_000; i++) {
      header
          .append(i == 0 ? "" : ",")
          .append("\"t%d\":{\"dtype\":\"I8\",\"shape\":[0],\"data_offsets\":[0,0]}".formatted(i));
    }
    Path file = write(header.append('}').toString(), 0);

    assertThat(SafetensorsFile.open(file).names()).hasSize(100_000);
  }

  private Path write(String header, int dataBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + dataBytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json);
    return Files.write(folder.resolve("broken.safetensors"), bytes.array());
  }

  @Test
  void listsTensorsInTheOrderOfTheirBytes() throws IOException {
    Path file =
        write(
            """
            {"b":{"dtype":"I8","shape":[1],"data_offsets":[1,2]},\
            "a":{"dtype":"I8","shape":[1],"data_offsets":[0,1]}}""",
            2);

    assertThat(List.copyOf(SafetensorsFile.open(file).names())).containsExactly("a", "b");
  }
}
