package dev.auscult.cli;

import dev.auscult.base.InputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The classes of {@code --labels}: a list with semicolons, or a file with one per line. */
final class ClassNames {
  private ClassNames() {}

  /**
   * Reads the classes.
   *
   * @throws InputException if there are none, or the file cannot be read
   */
  static List<String> parse(String labels) {
    if (!labels.contains(";") && isFile(labels)) {
      return List.copyOf(LineFile.read("--labels", Path.of(labels)).values());
    }
    List<String> names =
        Arrays.stream(labels.split(";"))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    if (names.size() < 2) {
      throw new InputException(
          "--labels",
          "\"" + labels + "\", which is no file",
          "a file with one class per line, or at least two classes with semicolons between",
          "write e.g. --labels \"pneumonia;normal\"");
    }
    return names;
  }

  private static boolean isFile(String labels) {
    try {
      return Files.exists(Path.of(labels));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
