package dev.auscult.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of text, to be written as HTML, Markdown, CSV or on a terminal.
 *
 * @param caption what the table shows
 * @param columns its columns; the first one names the row
 * @param rows one cell per column
 */
public record Table(String caption, List<Column> columns, List<List<String>> rows) {

  /** Copies the lists and checks that every row has one cell per column. */
  public Table {
    columns = List.copyOf(columns);
    List<List<String>> copies = new ArrayList<>();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "%d cells under %d columns in \"%s\"".formatted(row.size(), columns.size(), caption));
      }
      copies.add(List.copyOf(row));
    }
    rows = List.copyOf(copies);
  }

  /** To which side cells lean. */
  public enum Align {
    /** Words. */
    LEFT,
    /** Numbers. */
    RIGHT
  }

  /**
   * A column.
   *
   * @param title its header
   * @param align to which side its cells lean
   */
  public record Column(String title, Align align) {

    /** A column of words. */
    public static Column words(String title) {
      return new Column(title, Align.LEFT);
    }

    /** A column of numbers. */
    public static Column numbers(String title) {
      return new Column(title, Align.RIGHT);
    }
  }

  /** The headers. */
  public List<String> titles() {
    return columns.stream().map(Column::title).toList();
  }

  /** The same table on its side: one column per row, the first column's cells as headers. */
  public Table transposed() {
    List<Column> across = new ArrayList<>();
    across.add(Column.words(columns.get(0).title()));
    rows.forEach(row -> across.add(Column.numbers(row.get(0))));
    List<List<String>> down = new ArrayList<>();
    for (int c = 1; c < columns.size(); c++) {
      List<String> line = new ArrayList<>();
      line.add(columns.get(c).title());
      for (List<String> row : rows) {
        line.add(row.get(c));
      }
      down.add(line);
    }
    return new Table(caption, across, down);
  }
}
