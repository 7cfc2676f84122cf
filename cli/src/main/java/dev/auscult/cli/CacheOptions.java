package dev.auscult.cli;

import dev.auscult.embed.EmbeddingCache;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where embeddings are kept between runs. */
final class CacheOptions {
  @Option(
      names = "--no-cache",
      description =
          "Compute everything anew and keep nothing.  Otherwise $$AUSCULT_CACHE keeps embeddings.")
  private boolean off;

  /** The user's cache, or none. */
  EmbeddingCache cache() {
    return off
        ? EmbeddingCache.none()
        : EmbeddingCache.in(
            EmbeddingCache.userFolder(System::getenv, Path.of(System.getProperty("user.home"))));
  }
}
