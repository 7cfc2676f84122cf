package dev.auscult.data.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.base.InterruptedRunException;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.data.ImageSource;
import dev.auscult.data.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PhantomWriterTest {
  private static final PhantomConfig CONFIG =
      PhantomConfig.of(30, new Seed(9)).withOverlay(OverlayMode.TRUE_LABEL).withSize(64);

  private final Path folder;

  PhantomWriterTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void whatIsWrittenReadsBackAsTheSameSamples() {
    PhantomDataset phantoms = new PhantomDataset(CONFIG);
    Dataset read = Datasets.open(PhantomWriter.write(phantoms, folder, Progress.NONE).toString());
    assertThat(read.skipped()).isEmpty();
    assertThat(read.samples()).hasSize(30);
    for (int i = 0; i < 30; i++) {
      assertSame(read.samples().get(i), phantoms.samples().get(i));
    }
    assertThat(Datasets.open(folder.toString()).hash()).isEqualTo(read.hash());
  }

  private static void assertSame(Sample read, Sample drawn) {
    assertThat(read).usingRecursiveComparison().ignoringFields("image", "regions").isEqualTo(drawn);
    assertThat(read.image().read().toBytes()).isEqualTo(drawn.image().read().toBytes());
    assertThat(read.regions().keySet()).isEqualTo(drawn.regions().keySet());
    for (Map.Entry<String, ImageSource> region : read.regions().entrySet()) {
      ImageSource expected = drawn.regions().getOrDefault(region.getKey(), drawn.image());
      assertThat(region.getValue().read().toBytes()).isEqualTo(expected.read().toBytes());
    }
  }

  @Test
  void theTruthHasALineForEachPhantom() throws IOException {
    PhantomDataset phantoms = new PhantomDataset(CONFIG);
    PhantomWriter.write(phantoms, folder, Progress.NONE);
    List<String> lines = Files.readAllLines(folder.resolve("truth.jsonl"));
    assertThat(lines).hasSize(30);
    JsonNode truth = JsonMapper.shared().readTree(lines.get(4));
    assertThat(truth.get("prompt").asString()).isEqualTo(phantoms.phantom(4).finding().prompt());
    assertThat(truth.get("caption").asString()).isEqualTo(phantoms.phantom(4).caption());
    assertThat(truth.get("questions").get("presence").get("answer").asString()).isIn("yes", "no");
  }

  @Test
  void writingAgainGivesTheSameBytes() throws IOException {
    PhantomDataset phantoms = new PhantomDataset(CONFIG);
    PhantomWriter.write(phantoms, folder, Progress.NONE);
    Map<String, String> first = hashes();
    PhantomWriter.write(phantoms, folder, Progress.NONE);
    assertThat(hashes()).isEqualTo(first);
  }

  private Map<String, String> hashes() throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        hashes.put(folder.relativize(file).toString(), ContentHash.of(file).hex());
      }
    }
    return hashes;
  }

  @Test
  void anInterruptedWriteLeavesNoManifest() {
    PhantomDataset phantoms = new PhantomDataset(CONFIG);
    PhantomWriter.write(phantoms, folder, Progress.NONE);
    Progress stops =
        (task, total) ->
            new Progress.Task() {
              @Override
              public void advance(long steps) {
                throw new InterruptedRunException("stopped");
              }

              @Override
              public void close() {}
            };
    assertThatThrownBy(() -> PhantomWriter.write(phantoms, folder, stops))
        .isInstanceOf(InterruptedRunException.class);
    assertThat(folder.resolve("manifest.csv")).doesNotExist();
  }

  @Test
  void aFolderThatIsAFileIsRefusedInOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "x");
    assertThatThrownBy(() -> PhantomWriter.write(new PhantomDataset(CONFIG), file, Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("taken")
        .hasMessageNotContaining("\n");
  }
}
