package dev.auscult.cli;

import dev.auscult.embed.EmbeddingCache;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where embeddings are kept between runs. */
final class CacheOptions {
  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "Where embeddings are kept between runs (default: $$AUSCULT_CACHE, else ~/.cache/auscult).")
  private @Nullable Path folder;

  @Option(names = "--no-cache", description = "Compute everything anew and keep nothing.")
  private boolean off;

  /** The cache chosen, or none. */
  EmbeddingCache cache() {
    if (off) {
      return EmbeddingCache.none();
    }
    Path home = Path.of(System.getProperty("user.home"));
    return EmbeddingCache.in(
        folder == null ? EmbeddingCache.userFolder(System::getenv, home) : folder);
  }
}
