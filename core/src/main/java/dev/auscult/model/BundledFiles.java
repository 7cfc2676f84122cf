package dev.auscult.model;

import dev.auscult.base.AtomicFile;
import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Files that come in the jar and must lie on disk to be mapped. */
final class BundledFiles {
  private final String name;
  private final Map<String, byte[]> files;

  /**
   * @param name names the folder and appears in messages
   * @param files content by file name
   */
  BundledFiles(String name, Map<String, byte[]> files) {
    this.name = name;
    this.files = files;
  }

  /**
   * Puts the files into a folder of the cache that is named after their content, except those that
   * are there already, byte for byte; where the cache cannot be written, a temporary folder serves.
   *
   * @return the folder
   * @throws InputException if neither can be written
   */
  Path placeIn(Path cache) {
    try {
      return write(cache.resolve("models").resolve(name + "-" + hash().abbreviated()));
    } catch (IOException unwritable) {
      return placeInTemporaryFolder();
    }
  }

  private ContentHash hash() {
    return ContentHash.of(
        files.entrySet().stream()
            .flatMap(file -> List.of(file.getKey(), ContentHash.of(file.getValue()).hex()).stream())
            .toArray(String[]::new));
  }

  private Path placeInTemporaryFolder() {
    try {
      Path folder = write(Files.createTempDirectory("auscult-" + name));
      folder.toFile().deleteOnExit();
      files.keySet().forEach(file -> folder.resolve(file).toFile().deleteOnExit());
      return folder;
    } catch (IOException e) {
      throw new InputException(
          "model " + name,
          "neither the cache nor the temporary folder can be written (" + e.getMessage() + ")",
          "a few megabytes of room",
          "set AUSCULT_CACHE to a folder that can be written",
          e);
    }
  }

  private Path write(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = folder.resolve(file.getKey());
      if (!holds(target, file.getValue())) {
        AtomicFile.write(target, out -> out.write(file.getValue()));
      }
    }
    return folder;
  }

  private static boolean holds(Path file, byte[] content) throws IOException {
    return Files.isRegularFile(file)
        && Files.size(file) == content.length
        && Arrays.equals(Files.readAllBytes(file), content);
  }
}
