package dev.auscult.evaluation;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.auscult.base.ByteUnit;
import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.data.StrictText;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
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
    try (Reader text = StrictText.open(file);
        CsvReader<CsvRecord> csv =
            CsvReader.builder()
                .fieldSeparator(options.delimiter())
                .maxBufferSize(StrictText.MAX_LINE)
                .skipEmptyLines(true)
                .allowUnclosedQuote(false)
                .ofCsvRecord(text);
        Progress.Task task = progress.beginBytes("reading predictions", Files.size(file), 0)) {
      Iterator<CsvRecord> records = csv.iterator();
      List<String> columns =
          records.hasNext()
              ? records.next().getFields().stream().map(String::strip).toList()
              : List.of();
      return rows(Header.of(file, columns, options.delimiter()), records, task);
    } catch (IOException e) {
      throw StrictText.unreadable(file, e);
    } catch (UncheckedIOException e) {
      throw StrictText.unreadable(file, e.getCause());
    } catch (CsvParseException e) {
      throw broken(e);
    }
  }

  private PredictionFile rows(Header header, Iterator<CsvRecord> records, Progress.Task task) {
    RowReader test = new RowReader(file, header, options);
    RowReader validation = new RowReader(file, header, options);
    long ignored = 0;
    long bytes = 0;
    for (long row = 1; records.hasNext(); row++) {
      CsvRecord fields = records.next();
      switch (part(header, fields)) {
        case TEST -> test.add(fields, validation);
        case VALIDATION -> validation.add(fields, test);
        case OTHER -> ignored++;
      }
      bytes += length(fields);
      if (row % LOOK == 0) {
        task.advance(bytes);
        bytes = 0;
        refuseTooMany(header, row, fields.getStartingLineNumber());
      }
    }
    task.advance(bytes);
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

  private Part part(Header header, CsvRecord fields) {
    if (header.split() < 0) {
      return Part.TEST;
    }
    String split = fields.getField(header.split()).strip();
    return switch (split) {
      case "test" -> Part.TEST;
      case "val", "valid", "validation", "dev" -> Part.VALIDATION;
      case "train", "training" -> Part.OTHER;
      default ->
          throw new InputException(
              "%s line %d, column 'split'".formatted(file, fields.getStartingLineNumber()),
              split.isEmpty() ? "nothing" : "'" + split + "'",
              "test, val or train",
              "correct the row");
    };
  }

  private static long length(CsvRecord fields) {
    long length = fields.getFieldCount();
    for (int i = 0; i < fields.getFieldCount(); i++) {
      length += fields.getField(i).length();
    }
    return length;
  }

  /** Rather a sentence now than running out of memory in an hour. */
  private void refuseTooMany(Header header, long rows, long line) {
    long slices = 1L + header.groups().size() * (header.groups().size() + 1L) / 2;
    long perRow = 110 + 24L * header.scores().size() + slices * 32L * (header.scores().size() + 1);
    if (rows * perRow > options.maxBytes()) {
      throw new InputException(
          "%s line %d".formatted(file, line),
          "more rows than fit into memory (%s for %d so far)"
              .formatted(ByteUnit.words(rows * perRow), rows),
          "at most " + ByteUnit.words(options.maxBytes()),
          "give Java more memory with AUSCULT_JAVA_OPTS=-Xmx8g, or evaluate a part");
    }
  }

  private InputException broken(CsvParseException e) {
    if (e.getCause() instanceof IOException cause) {
      return StrictText.unreadable(file, cause);
    }
    if (e.getCause() instanceof UncheckedIOException cause) {
      return StrictText.unreadable(file, cause.getCause());
    }
    return new InputException(
        file.toString(),
        "broken CSV (" + e.getMessage() + ")",
        "as many fields in each row as in the header, quotes closed",
        "mend the row",
        e);
  }
}
