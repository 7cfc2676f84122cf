package dev.auscult.report;

import dev.auscult.report.Table.Align;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A table for a LaTeX document; it needs the package {@code booktabs}. */
public final class LatexTable {
  private static final Map<Integer, String> SPELLED =
      Map.ofEntries(
          Map.entry((int) '\\', "\\textbackslash{}"),
          Map.entry((int) '{', "\\{"),
          Map.entry((int) '}', "\\}"),
          Map.entry((int) '$', "\\$"),
          Map.entry((int) '&', "\\&"),
          Map.entry((int) '#', "\\#"),
          Map.entry((int) '%', "\\%"),
          Map.entry((int) '_', "\\_"),
          Map.entry((int) '~', "\\textasciitilde{}"),
          Map.entry((int) '^', "\\textasciicircum{}"),
          Map.entry((int) '<', "$<$"),
          Map.entry((int) '>', "$>$"),
          Map.entry((int) '|', "$|$"),
          Map.entry((int) '±', "$\\pm$"),
          Map.entry((int) '×', "$\\times$"),
          Map.entry((int) '\u2212', "$-$"),
          Map.entry((int) '\u2009', "\\,"),
          Map.entry((int) '\u00a0', "~"));

  /** A bracket that begins a line would be read as an option of the line's end before it. */
  private static final Pattern OPTION = Pattern.compile("^\\s*([\\[*])");

  private LatexTable() {}

  /** A {@code table} with caption and rules; cells cannot break out. */
  public static String render(Table table) {
    String columns =
        table.columns().stream()
            .map(column -> column.align() == Align.LEFT ? "l" : "r")
            .collect(Collectors.joining());
    return "\\begin{table}\n\\centering\n\\caption{"
        + escaped(table.caption())
        + "}\n\\begin{tabular}{"
        + columns
        + "}\n\\toprule\n"
        + line(table.titles())
        + "\\midrule\n"
        + table.rows().stream().map(LatexTable::row).collect(Collectors.joining())
        + "\\bottomrule\n\\end{tabular}\n\\end{table}\n";
  }

  private static String row(List<String> cells) {
    return line(cells.stream().map(ChartStyle::minus).toList());
  }

  private static String line(List<String> cells) {
    String joined = cells.stream().map(LatexTable::escaped).collect(Collectors.joining(" & "));
    return OPTION.matcher(joined).replaceFirst("{}$1") + " \\\\\n";
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    XmlText.clean(text)
        .replaceAll("\\s+", " ")
        .codePoints()
        .forEach(
            c -> {
              String spelled = SPELLED.get(c);
              if (spelled == null) {
                escaped.appendCodePoint(c);
              } else {
                escaped.append(spelled);
              }
            });
    return escaped.toString();
  }
}
