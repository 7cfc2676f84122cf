package dev.auscult.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.tensor.FloatMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
  private static final Path REFERENCE =
      Path.of("src/test/resources/dev/auscult/checkpoint/every-type.safetensors");

  private final Path folder;

  SafetensorsWriterTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void writesTheReferenceWritersBytes() throws IOException {
    SafetensorsFile reference = SafetensorsFile.open(REFERENCE);
    SafetensorsWriter writer = new SafetensorsWriter();
    reference.metadata().forEach(writer::metadata);
    reference.names().stream().sorted().map(reference::get).forEach(writer::addStored);
    Path written = folder.resolve("written.safetensors");

    writer.write(written);

    assertThat(written).hasSameBinaryContentAs(REFERENCE);
  }

  @Test
  void roundTripsMatricesFloatsAndWholeNumbers() throws IOException {
    Path file = folder.resolve("a.safetensors");
    float[] many = new float[100_000];
    long[] ids = new long[20_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = i * 0.5f;
      ids[i % ids.length] = -i;
    }

    new SafetensorsWriter()
        .metadata("ids", "[\"a\\u0000\",\"é\"]")
        .addMatrix("matrix", new FloatMatrix(2, 3, new float[] {1, 2, 3, 4, 5, 6}))
        .addFloats("many", List.of(100_000L), many)
        .addLongs("ids", List.of(20_000L), ids)
        .write(file);

    SafetensorsFile read = SafetensorsFile.open(file);
    assertThat(read.get("matrix").shape()).containsExactly(2L, 3L);
    assertThat(read.get("matrix").toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(read.get("many").toFloats()).containsExactly(many);
    assertThat(read.get("ids").toLongs()).containsExactly(ids);
    assertThat(read.metadata()).containsEntry("ids", "[\"a\\u0000\",\"é\"]");
  }

  @Test
  void leavesTheEarlierFileWhenATensorIsShorterThanDeclared() throws IOException {
    Path file = Files.writeString(folder.resolve("a.safetensors"), "earlier");
    SafetensorsWriter writer =
        new SafetensorsWriter().addFloats("short", List.of(3L), new float[] {1, 2});

    assertThatThrownBy(() -> writer.write(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("short produced 8 bytes instead of 12");
    assertThat(file).hasContent("earlier");
    assertThat(folder).isDirectoryNotContaining("glob:**.partial");
  }

  @Test
  void refusesANameTwice() {
    SafetensorsWriter writer = new SafetensorsWriter().addFloats("a", List.of(0L), new float[0]);

    assertThatThrownBy(() -> writer.addFloats("a", List.of(0L), new float[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> writer.addFloats("__metadata__", List.of(0L), new float[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
