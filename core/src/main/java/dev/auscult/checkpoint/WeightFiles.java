package dev.auscult.checkpoint;

import dev.auscult.base.ContentHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files that weights lie in, and their identity. Thread-safe. */
final class WeightFiles {
  private final List<Path> files;
  private @Nullable ContentHash hash;

  WeightFiles(List<Path> files) {
    this.files = files.stream().sorted().toList();
  }

  List<Path> files() {
    return files;
  }

  /** Their size together. */
  long bytes() {
    long sum = 0;
    for (Path file : files) {
      try {
        sum += Files.size(file);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    }
    return sum;
  }

  /** SHA-256 of the one file, or over names and hashes of several; computed once. */
  synchronized ContentHash hash() {
    if (hash == null) {
      hash = files.size() == 1 ? hashOf(files.get(0)) : ContentHash.ofNamed(files);
    }
    return hash;
  }

  private static ContentHash hashOf(Path file) {
    try {
      return ContentHash.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
