package dev.auscult.cli;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of {@code --out}, checked before any work is done. */
final class OutputFile {
  private OutputFile() {}

  /**
   * Makes sure that {@code file} can be written beside and renamed into place; leaves nothing.
   *
   * @throws InputException if it cannot
   */
  static void check(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new InputException("--out " + file, "a folder", "a file to write", "name a file");
    }
    FolderTraces traces = FolderTraces.before(folder);
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".auscult", ".probe"));
      traces.remove();
    } catch (IOException e) {
      throw new InputException(
          "--out " + file,
          "a folder that cannot be written (" + folder + ")",
          "a place to write results",
          "choose another",
          e);
    }
  }
}
