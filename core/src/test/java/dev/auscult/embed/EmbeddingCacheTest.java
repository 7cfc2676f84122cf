package dev.auscult.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auscult.base.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingCacheTest {
  private static final Path HOME = Path.of("home");

  private final Path folder;

  EmbeddingCacheTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void theEnvironmentChoosesTheFolder() {
    assertThat(EmbeddingCache.userFolder(name -> "chosen", HOME))
        .isEqualTo(Path.of("chosen", "embeddings"));
    assertThat(EmbeddingCache.userFolder(name -> null, HOME))
        .isEqualTo(HOME.resolve(Path.of(".cache", "auscult", "embeddings")));
  }

  @Test
  void itTellsHowMuchItTakes() throws IOException {
    EmbeddingCache cache = EmbeddingCache.in(folder);
    try (var vectors = cache.open(ContentHash.of("space"), 2)) {
      vectors.add(Map.of(ContentHash.of("a"), new float[] {1, 0}));
    }

    assertThat(cache.bytes()).isEqualTo(48 + 32 + 2 * 4 + 4);
    assertThat(EmbeddingCache.none().bytes()).isZero();
  }

  @Test
  void aFolderThatCannotBeUsedIsNoReasonToFail() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    try (var vectors = EmbeddingCache.in(file).open(ContentHash.of("space"), 2)) {
      vectors.add(Map.of(ContentHash.of("a"), new float[] {1, 0}));
      assertThat(vectors.find(ContentHash.of("a"))).isNull();
    }
  }
}
