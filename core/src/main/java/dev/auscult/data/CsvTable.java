package dev.auscult.data;

import dev.auscult.base.InputException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads CSV files with a header (RFC 4180), one entry per record. */
final class CsvTable {
  private CsvTable() {}

  /**
   * Hands each record to {@code entries} in order.
   *
   * @param required columns that must be there
   * @throws InputException if a column is missing or twice, a record has too few or too many
   *     fields, or the file is no text
   */
  static void read(Path file, List<String> required, Consumer<Entry> entries) {
    try (CsvRows rows = CsvRows.open(file, ',')) {
      for (String name : required) {
        if (!rows.columns().contains(name)) {
          throw missing(name, rows);
        }
      }
      for (CsvRow row = rows.next(); row != null; row = rows.next()) {
        entries.accept(entry(rows.columns(), row));
      }
    }
  }

  private static InputException missing(String name, CsvRows rows) {
    return new InputException(
        rows.headerPlace(),
        rows.columns().isEmpty() ? "no header" : "the columns " + String.join(", ", rows.columns()),
        "a column '" + name + "'",
        "add it; a value may be empty where nothing is known");
  }

  private static Entry entry(List<String> columns, CsvRow row) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      fields.put(columns.get(i), row.field(i));
    }
    return new Entry(row.line(), fields);
  }
}
