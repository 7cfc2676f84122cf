package dev.auscult.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.auscult.base.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CSV as RFC 4180 with a header, UTF-8, line feeds, undefined figures as {@code NA}. */
public final class CsvFile {
  private CsvFile() {}

  /**
   * Writes a file, whole or not at all; rows are taken one by one and not kept.
   *
   * @param header names of the columns
   * @param rows fields; a double that is not finite becomes {@code NA}, null becomes empty
   * @throws IOException if the file cannot be written
   * @throws IllegalArgumentException if a row has not one field per column
   */
  public static void write(Path file, List<String> header, Iterator<? extends List<?>> rows)
      throws IOException {
    AtomicFile.write(
        file,
        out -> {
          CsvWriter csv =
              CsvWriter.builder()
                  .lineDelimiter(LineDelimiter.LF)
                  .build(out, StandardCharsets.UTF_8);
          csv.writeRecord(header);
          while (rows.hasNext()) {
            csv.writeRecord(fields(header, rows.next()));
          }
          csv.flush();
        });
  }

  /** Writes the rows of a table under its column titles. */
  public static void write(Path file, Table table) throws IOException {
    write(file, table.titles(), table.rows().iterator());
  }

  private static List<String> fields(List<String> header, List<?> row) {
    if (row.size() != header.size()) {
      throw new IllegalArgumentException(
          "%d fields under %d columns %s".formatted(row.size(), header.size(), header));
    }
    return row.stream().map(CsvFile::field).toList();
  }

  private static String field(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Double number) {
      return Double.isFinite(number) ? ResultJson.line(number) : Figures.UNDEFINED;
    }
    return String.valueOf(value);
  }
}
