package dev.auscult.evaluation;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.data.CsvRow;
import dev.auscult.data.CsvRows;
import dev.auscult.data.StrictText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a file of predictions line by line: memory holds numbers, never the file. */
public final class PredictionsReader {
  private static final int LOOK = 1 << 16;

  private final Path file;
  private final ReadOptions options;

  private PredictionsReader(Path file, ReadOptions options) {
    this.file = file;
    this.options = options;
  }

  /**
   * Reads predictions.
   *
   * @throws InputException naming file, line and column if anything is wrong with them
   * @throws dev.auscult.base.InterruptedRunException if the user asks to stop
   */
  public static PredictionFile read(Path file, ReadOptions options, Progress progress) {
    return new PredictionsReader(file, options).read(progress);
  }

  private PredictionFile read(Progress progress) {
    try (CsvRows rows = CsvRows.open(file, options.delimiter())) {
      long size = Files.size(file);
      try (Progress.Task task = progress.beginBytes("reading predictions", size, 0)) {
        return rows(rows, size, task);
      }
    } catch (IOException e) {
      throw StrictText.unreadable(file, e);
    }
  }

  private PredictionFile rows(CsvRows records, long size, Progress.Task task) {
    Header header = Header.of(records.headerPlace(), records.columns(), options.delimiter());
    RowMemory memory =
        new RowMemory(file, header, options, StrictText.isCompressed(file) ? 0 : size);
    RowReader test = new RowReader(file, header, options);
    RowReader validation = new RowReader(file, header, options);
    long ignored = 0;
    long bytes = 0;
    long advanced = 0;
    long read = 0;
    long line = 0;
    for (CsvRow row = records.next(); row != null; row = records.next()) {
      switch (part(header, row)) {
        case TEST -> test.add(row, validation);
        case VALIDATION -> validation.add(row, test);
        case OTHER -> ignored++;
      }
      bytes += length(row);
      line = row.line();
      if (++read % LOOK == 0) {
        task.advance(bytes - advanced);
        advanced = bytes;
        memory.check((long) test.size() + validation.size(), line, bytes);
      }
    }
    task.advance(bytes - advanced);
    memory.check((long) test.size() + validation.size(), line, bytes);
    if (test.size() == 0) {
      throw new InputException(
          file.toString(),
          header.split() < 0 || ignored + validation.size() == 0
              ? "no rows"
              : "no row of the split 'test'",
          "at least one row to evaluate",
          "check the file");
    }
    return new PredictionFile(
        file,
        file.toString(),
        test.finished(),
        validation.size() == 0 ? Optional.empty() : Optional.of(validation.finished()),
        ignored,
        test.ids());
  }

  /** To what a row serves. */
  private enum Part {
    TEST,
    VALIDATION,
    OTHER
  }

  private Part part(Header header, CsvRow row) {
    if (header.split() < 0) {
      return Part.TEST;
    }
    String split = row.field(header.split());
    return switch (split) {
      case "test" -> Part.TEST;
      case "val", "valid", "validation", "dev" -> Part.VALIDATION;
      case "train", "training" -> Part.OTHER;
      default ->
          throw new InputException(
              "%s line %d, column 'split'".formatted(file, row.line()),
              split.isEmpty() ? "nothing" : "'" + split + "'",
              "test, val or train",
              "correct the row");
    };
  }

  private static long length(CsvRow row) {
    long length = row.fields().size();
    for (String field : row.fields()) {
      length += field.length();
    }
    return length;
  }
}
