package dev.auscult.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledFilesTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  private final Path cache;
  private final BundledFiles bundled = new BundledFiles("small", Map.of("config.json", CONTENT));

  BundledFilesTest(@TempDir Path cache) {
    this.cache = cache;
  }

  @Test
  void liesInAFolderNamedAfterItsContent() {
    Path folder = bundled.placeIn(cache);
    Path other = new BundledFiles("small", Map.of("config.json", new byte[] {1})).placeIn(cache);

    assertThat(folder.resolve("config.json")).hasBinaryContent(CONTENT);
    assertThat(folder).startsWith(cache).isNotEqualTo(other);
  }

  @Test
  void leavesGoodFilesAloneAndReplacesDamagedOnes() throws IOException {
    Path file = bundled.placeIn(cache).resolve("config.json");
    FileTime past = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(file, past);

    bundled.placeIn(cache);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(past);

    Files.writeString(file, "damaged");
    bundled.placeIn(cache);
    assertThat(file).hasBinaryContent(CONTENT);
  }

  @Test
  void goesToATemporaryFolderWhereTheCacheCannotBeWritten() throws IOException {
    Path file = Files.createFile(cache.resolve("a file"));

    Path folder = bundled.placeIn(file);

    assertThat(folder.resolve("config.json")).hasBinaryContent(CONTENT);
    assertThat(folder).isNotEqualTo(file);
  }
}
