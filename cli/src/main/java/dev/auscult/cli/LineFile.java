package dev.auscult.cli;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A text file that is read line by line: one text, or one class, each. */
final class LineFile {
  private static final long MAX_BYTES = 256L << 20;

  private LineFile() {}

  /**
   * The lines that are not blank, stripped, by their number from 1.
   *
   * @param option the option that names the file
   * @throws InputException if it cannot be read as UTF-8, is larger than 256 MiB, or has no text
   */
  static Map<Integer, String> read(String option, Path file) {
    String subject = option + " " + file;
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new InputException(
            subject, Files.size(file) + " bytes", "at most " + MAX_BYTES, "split the file");
      }
      Map<Integer, String> lines = numbered(Files.readAllLines(file, StandardCharsets.UTF_8));
      if (lines.isEmpty()) {
        throw new InputException(subject, "no text", "one entry per line", "check the file");
      }
      return lines;
    } catch (NoSuchFileException e) {
      throw new InputException(
          subject, "no such file", "a text file with one entry per line", "check the path", e);
    } catch (MalformedInputException e) {
      throw new InputException(
          subject, "bytes that are not UTF-8", "a text file in UTF-8", "convert the file", e);
    } catch (IOException e) {
      throw new InputException(
          subject, "an unreadable file", "a readable file", "check its permissions", e);
    }
  }

  private static Map<Integer, String> numbered(List<String> lines) {
    Map<Integer, String> numbered = new TreeMap<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        numbered.put(i + 1, lines.get(i).strip());
      }
    }
    return numbered;
  }
}
