package dev.auscult.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.auscult.base.InputException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads CSV files with a header (RFC 4180), one entry per record. */
final class CsvTable {
  private final Path file;

  private CsvTable(Path file) {
    this.file = file;
  }

  /**
   * Hands each record to {@code entries} in order.
   *
   * @param required columns that must be there
   * @throws InputException if a column is missing or twice, a record has too few or too many
   *     fields, or the file is no text
   */
  static void read(Path file, List<String> required, Consumer<Entry> entries) {
    new CsvTable(file).read(required, entries);
  }

  private void read(List<String> required, Consumer<Entry> entries) {
    try (Reader text = StrictText.open(file);
        CsvReader<CsvRecord> csv =
            CsvReader.builder()
                .maxBufferSize(StrictText.MAX_LINE)
                .skipEmptyLines(true)
                .allowUnclosedQuote(false)
                .ofCsvRecord(text)) {
      Iterator<CsvRecord> records = csv.iterator();
      List<String> columns = records.hasNext() ? header(records.next()) : List.of();
      for (String name : required) {
        if (!columns.contains(name)) {
          throw missing(name, columns);
        }
      }
      while (records.hasNext()) {
        entries.accept(entry(columns, records.next()));
      }
    } catch (IOException e) {
      throw StrictText.unreadable(file, e);
    } catch (UncheckedIOException e) {
      throw StrictText.unreadable(file, e.getCause());
    } catch (CsvParseException e) {
      throw broken(e);
    }
  }

  private List<String> header(CsvRecord first) {
    List<String> columns = first.getFields().stream().map(String::strip).toList();
    Set<String> seen = new HashSet<>();
    for (String column : columns) {
      if (!seen.add(column)) {
        throw new InputException(
            file.toString(),
            "the column '" + column + "' twice",
            "each column once",
            "rename or remove one of them");
      }
    }
    return columns;
  }

  private InputException missing(String name, List<String> columns) {
    return new InputException(
        file.toString(),
        columns.isEmpty() ? "no header" : "the columns " + String.join(", ", columns),
        "a column '" + name + "'",
        "add it; a value may be empty where nothing is known");
  }

  private static Entry entry(List<String> columns, CsvRecord row) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      fields.put(columns.get(i), row.getField(i).strip());
    }
    return new Entry(row.getStartingLineNumber(), fields);
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
        "as many fields in each record as in the header, quotes closed",
        "mend the record",
        e);
  }
}
