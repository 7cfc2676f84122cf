package dev.auscult.report;

import dev.auscult.report.Table.Align;
import java.util.List;
import java.util.stream.Collectors;

/** A table in GitHub's Markdown. */
public final class MarkdownTable {
  private MarkdownTable() {}

  /** Header, alignment and rows, each line ended by a line feed; cells cannot break out. */
  public static String render(Table table) {
    String rule =
        table.columns().stream()
            .map(column -> column.align() == Align.LEFT ? "---" : "---:")
            .collect(Collectors.joining(" | ", "| ", " |\n"));
    return line(table.titles())
        + rule
        + table.rows().stream().map(MarkdownTable::line).collect(Collectors.joining());
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(MarkdownTable::escaped)
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String escaped(String cell) {
    return cell.replaceAll("\\p{Cntrl}+", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("([\\\\`*_\\[\\]|])", "\\\\$1");
  }
}
