package dev.auscult.report;

import dev.auscult.report.Table.Align;
import java.util.List;
import java.util.stream.IntStream;

/** A table aligned for a terminal with a font of fixed width. */
public final class ConsoleTable {
  private static final String GAP = "  ";

  private ConsoleTable() {}

  /**
   * Header, rule and rows, each line ended by a line feed. Control characters in cells, which could
   * steer a terminal, become {@code ?}.
   */
  public static String render(Table table) {
    List<List<String>> rows =
        table.rows().stream()
            .map(row -> row.stream().map(ConsoleTable::harmless).toList())
            .toList();
    int[] widths =
        IntStream.range(0, table.columns().size())
            .map(c -> columnWidth(table.titles().get(c), rows, c))
            .toArray();
    StringBuilder out = new StringBuilder();
    line(out, table, table.titles(), widths);
    line(out, table, IntStream.of(widths).mapToObj("-"::repeat).toList(), widths);
    rows.forEach(row -> line(out, table, row, widths));
    return out.toString();
  }

  private static int columnWidth(String title, List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> width(row.get(column))).reduce(width(title), Math::max);
  }

  private static void line(StringBuilder out, Table table, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < cells.size(); c++) {
      String padding = " ".repeat(widths[c] - width(cells.get(c)));
      boolean left = table.columns().get(c).align() == Align.LEFT;
      line.append(c == 0 ? "" : GAP).append(left ? cells.get(c) + padding : padding + cells.get(c));
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }

  private static String harmless(String cell) {
    return cell.replaceAll("[\\p{Cc}\\p{Cs}\\p{Co}\\u202a-\\u202e\\u2066-\\u2069]", "?");
  }

  /** Columns that {@code text} takes on a terminal: marks 0, ideographs and emoji 2, others 1. */
  static int width(String text) {
    return text.codePoints().map(ConsoleTable::width).sum();
  }

  private static int width(int codePoint) {
    switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> {
        return 0;
      }
      default -> {
        boolean wide =
            Character.isIdeographic(codePoint)
                || (codePoint >= 0x1100 && codePoint <= 0x115f)
                || (codePoint >= 0x3000 && codePoint <= 0x30ff)
                || (codePoint >= 0xac00 && codePoint <= 0xd7a3)
                || (codePoint >= 0xff01 && codePoint <= 0xff60)
                || (codePoint >= 0x1f300 && codePoint <= 0x1faff);
        return wide ? 2 : 1;
      }
    }
  }
}
