package dev.auscult.embed;

import dev.auscult.base.ContentHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of vectors that earlier runs computed: one file per model, preprocessing and precision,
 * in it one record per image or text by the hash of its content. Runs of several processes share
 * it; whatever in it is damaged counts as absent.
 */
public final class EmbeddingCache {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddingCache.class);
  private static final String SUFFIX = ".vectors";

  private final @Nullable Path folder;

  private EmbeddingCache(@Nullable Path folder) {
    this.folder = folder;
  }

  /** A cache in {@code folder}, which is made when first needed. */
  public static EmbeddingCache in(Path folder) {
    return new EmbeddingCache(folder);
  }

  /** No cache: everything is computed and nothing kept. */
  public static EmbeddingCache none() {
    return new EmbeddingCache(null);
  }

  /**
   * Where the user's cache is: {@code embeddings} in {@code $AUSCULT_CACHE}, else in {@code
   * ~/.cache/auscult}.
   *
   * @param environment the value of an environment variable, or null
   * @param home the user's home folder
   */
  public static Path userFolder(UnaryOperator<@Nullable String> environment, Path home) {
    String chosen = environment.apply("AUSCULT_CACHE");
    Path auscult =
        chosen == null || chosen.isBlank()
            ? home.resolve(".cache").resolve("auscult")
            : Path.of(chosen);
    return auscult.resolve("embeddings");
  }

  /** The folder; empty for no cache. */
  public Optional<Path> folder() {
    return Optional.ofNullable(folder);
  }

  /**
   * Bytes that the cache takes on disk.
   *
   * @throws IOException if the folder cannot be listed
   */
  public long bytes() throws IOException {
    if (folder == null || !Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).mapToLong(this::size).sum();
    }
  }

  private long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The vectors of one space. A folder that cannot be used is no error: the run then goes without.
   *
   * @param space identifies everything a vector depends on besides the content
   * @param dimension floats per vector
   */
  CachedVectors open(ContentHash space, int dimension) {
    if (folder == null) {
      return CachedVectors.NONE;
    }
    try {
      Files.createDirectories(folder);
      return VectorFile.open(folder.resolve(space.hex() + SUFFIX), space, dimension);
    } catch (IOException e) {
      LOG.warn("the cache {} cannot be used, going on without: {}", folder, e.toString());
      return CachedVectors.NONE;
    }
  }

  /** Vectors by the hash of what they embed. Lookups from any thread, additions from one. */
  interface CachedVectors extends AutoCloseable {
    /** Holds nothing and keeps nothing. */
    CachedVectors NONE =
        new CachedVectors() {
          @Override
          public float @Nullable [] find(ContentHash content) {
            return null;
          }

          @Override
          public void add(Map<ContentHash, float[]> vectors) {}

          @Override
          public void close() {}
        };

    /** The vector of {@code content}, or null. */
    float @Nullable [] find(ContentHash content);

    /** Keeps vectors; returns once other processes can see them. */
    void add(Map<ContentHash, float[]> vectors);

    @Override
    void close();
  }
}
