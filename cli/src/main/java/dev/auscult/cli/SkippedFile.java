package dev.auscult.cli;

import dev.auscult.base.InputException;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.report.CsvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The list of what a run had to leave out. */
final class SkippedFile {
  static final String NAME = "skipped.csv";

  private SkippedFile() {}

  /** Writes {@code skipped.csv} into {@code folder}, or removes it if nothing was left out. */
  static void writeInto(Path folder, List<Skipped> skipped) throws IOException {
    write(folder.resolve(NAME), skipped);
  }

  /** The same for a run that writes one {@code result}: beside it, as NAME.skipped.csv. */
  static void writeBeside(Path result, List<Skipped> skipped) throws IOException {
    write(result.resolveSibling(result.getFileName() + "." + NAME), skipped);
  }

  private static void write(Path file, List<Skipped> skipped) throws IOException {
    if (skipped.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    CsvFile.write(
        file,
        List.of("id", "reason"),
        skipped.stream().map(entry -> List.of(entry.id(), entry.reason())).iterator());
  }

  /** Says how much was left out, and why the first. */
  static void remark(List<Skipped> skipped, Console console) {
    if (!skipped.isEmpty()) {
      console.remark(
          "left out %d, the first: %s".formatted(skipped.size(), skipped.get(0).reason()));
    }
  }

  /**
   * Ends a run that would have nothing to work on.
   *
   * @throws InputException if everything was left out
   */
  static void refuseNothing(int left, List<Skipped> skipped) {
    if (left == 0 && !skipped.isEmpty()) {
      Skipped first = skipped.get(0);
      throw skipped.size() == 1
          ? new InputException(
              first.id(), "nothing that can be read", "an image", "see: " + first.reason())
          : new InputException(
              skipped.size() + " images",
              "none that can be read",
              "at least one",
              "the first is no image because " + first.reason());
    }
  }
}
