package dev.auscult.balance;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.auscult.base.AtomicFile;
import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Rows of one kind on disk: {@code NAME.jsonl}, which grows row by row and is continued after an
 * interruption, and {@code NAME.csv} once all are there. Only the rows' keys stay in memory.
 *
 * @param <R> the kind
 */
final class RowTable<R> implements AutoCloseable {
  /** What stands in the place of an undefined figure. */
  static final String UNDEFINED = "NA";

  private final Path folder;
  private final Format<R> format;
  private final RowLog log;
  private final Set<String> keys;

  private RowTable(Path folder, Format<R> format, RowLog log, Set<String> keys) {
    this.folder = folder;
    this.format = format;
    this.log = log;
    this.keys = keys;
  }

  /** How rows of a kind are written. */
  interface Format<R> {
    /** Of the files, without extension. */
    String name();

    /** A row as a line of JSON, without its line feed. */
    String line(R row);

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is none
     */
    R parse(String line);

    /** Tells a row from all others. */
    String key(R row);

    /** The titles of the table's columns. */
    List<String> columns();

    /** One field per column. */
    List<String> fields(R row);
  }

  /**
   * Begins in a folder, or continues what was begun there.
   *
   * @param run identifies what the rows depend on
   * @throws InputException if the folder holds the rows of another run
   * @throws IOException if the folder cannot be written
   */
  static <R> RowTable<R> open(Path folder, Format<R> format, ContentHash run) throws IOException {
    Set<String> keys = new HashSet<>();
    RowLog log =
        RowLog.open(
            folder,
            format.name() + ".jsonl",
            run,
            line -> keys.add(format.key(format.parse(line))));
    return new RowTable<>(folder, format, log, keys);
  }

  /** Whether the row of that key is there. */
  boolean has(String key) {
    return keys.contains(key);
  }

  /** Takes a row, unless it is known. */
  void accept(R row) {
    if (keys.add(format.key(row))) {
      log.append(format.line(row));
    }
  }

  /**
   * Ends a complete run: both files get their final form and name.
   *
   * @throws IOException if a file cannot be written
   */
  void finish() throws IOException {
    log.finish();
    AtomicFile.write(
        folder.resolve(format.name() + ".csv"),
        out -> {
          CsvWriter csv =
              CsvWriter.builder()
                  .lineDelimiter(LineDelimiter.LF)
                  .build(out, StandardCharsets.UTF_8);
          csv.writeRecord(format.columns());
          forEach(folder, format, row -> csv.writeRecord(format.fields(row)));
          csv.flush();
        });
  }

  /** Hands on every row of a finished run. */
  static <R> void forEach(Path folder, Format<R> format, Consumer<R> consumer) throws IOException {
    Path file = folder.resolve(format.name() + ".jsonl");
    long whole = RowLog.forEachWhole(file, line -> consumer.accept(format.parse(line)));
    if (whole != Files.size(file)) {
      throw new InputException(
          file.toString(),
          "no row at byte " + whole,
          "one JSON object per line, as the audit writes them",
          "delete it and run the audit again");
    }
  }

  /** A figure as a field. */
  static String field(double value) {
    return Double.isFinite(value) ? Double.toString(value) : UNDEFINED;
  }

  /** Leaves what is finished on disk, for the same run to continue. */
  @Override
  public void close() throws IOException {
    log.close();
  }
}
