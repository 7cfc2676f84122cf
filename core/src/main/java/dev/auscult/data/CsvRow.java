package dev.auscult.data;

import java.util.List;

/**
 * A record of a CSV file.
 *
 * @param line of the file where it begins, from 1; blank lines and line breaks in quotes count
 * @param fields as they stand, without their quotes
 */
public record CsvRow(long line, List<String> fields) {
  /** Copies the list. */
  public CsvRow {
    fields = List.copyOf(fields);
  }

  /** A field without white space around it. */
  public String field(int index) {
    return fields.get(index).strip();
  }
}
