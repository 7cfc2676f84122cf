package dev.auscult.cli;

import dev.auscult.base.InputException;
import dev.auscult.base.UsageException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** An option that takes a list with semicolons, or a file with one entry per line. */
final class ListOption {
  private ListOption() {}

  /**
   * The classes of {@code --labels}.
   *
   * @throws InputException if there are none, or the file cannot be read
   */
  static List<String> classes(String labels) {
    return read("--labels", "class", "classes", labels, "pneumonia;normal");
  }

  /**
   * The answers of {@code --candidates}.
   *
   * @throws InputException if there are none, or the file cannot be read
   */
  static List<String> answers(String candidates) {
    return read("--candidates", "answer", "answers", candidates, "yes;no");
  }

  /**
   * The words of {@code --words}.
   *
   * @throws InputException if there are none, or the file cannot be read
   */
  static List<String> words(String words) {
    return read("--words", "word", "words", words, "PNA;NML");
  }

  private static List<String> read(
      String option, String entry, String entries, String value, String example) {
    if (!value.contains(";") && isFile(value)) {
      return List.copyOf(LineFile.read(option, Path.of(value)).values());
    }
    List<String> names =
        Arrays.stream(value.split(";")).map(String::strip).filter(name -> !name.isEmpty()).toList();
    if (names.size() < 2) {
      throw new UsageException(
          option,
          "\"" + value + "\", which is no file",
          "a file with one %s per line, or at least two %s with semicolons between"
              .formatted(entry, entries),
          "write e.g. %s \"%s\"".formatted(option, example));
    }
    return names;
  }

  private static boolean isFile(String value) {
    try {
      return Files.exists(Path.of(value));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
