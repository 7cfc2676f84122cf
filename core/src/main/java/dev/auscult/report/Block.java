package dev.auscult.report;

import dev.auscult.report.Table.Align;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A piece of a page. */
@FunctionalInterface
public interface Block {

  /** Writes the piece; every element it opens it closes. */
  void write(HtmlWriter out);

  /** A paragraph. */
  static Block paragraph(String text) {
    return out -> out.element("p", text);
  }

  /** A paragraph that must not be overlooked. */
  static Block notice(String text) {
    return out -> out.element("p", text, "class", "notice", "role", "note");
  }

  /** A paragraph that begins with a link to a file beside the page. */
  static Block link(String words, String path, String rest) {
    return out -> out.start("p").element("a", words, "href", path).text(rest).end();
  }

  /** Points in no order. */
  static Block points(List<String> points) {
    return out -> {
      out.start("ul");
      points.forEach(point -> out.element("li", point));
      out.end();
    };
  }

  /** Text in a font of fixed width, with its line breaks. */
  static Block code(String text) {
    return out -> out.start("pre", "tabindex", "0").element("code", text).end();
  }

  /** A chart. */
  static Block chart(Picture picture, String caption) {
    return out -> out.picture(picture, caption);
  }

  /** A table. */
  static Block table(Table table) {
    return out -> {
      out.start(
          "div",
          "class",
          "scroll",
          "tabindex",
          "0",
          "role",
          "group",
          "aria-label",
          table.caption());
      out.start("table").element("caption", table.caption());
      out.start("thead").start("tr");
      table.columns().forEach(column -> header(out, column));
      out.end().end().start("tbody");
      table.rows().forEach(row -> row(out, table, row));
      out.end().end().end();
    };
  }

  /** A table that is also written as Markdown and LaTeX, with links to both. */
  static Block table(String name, Table table) {
    return out -> {
      table(table).write(out);
      tableFiles(name, table).write(out);
    };
  }

  /**
   * Links to a table as Markdown and LaTeX.
   *
   * @param name of the files below {@code tables/}, without extension
   */
  static Block tableFiles(String name, Table table) {
    return out -> {
      String path = "tables/" + name;
      out.file(path + ".md", MarkdownTable.render(table).getBytes(StandardCharsets.UTF_8));
      out.file(path + ".tex", LatexTable.render(table).getBytes(StandardCharsets.UTF_8));
      out.start("p", "class", "key also").text("The same table as");
      out.links(path, List.of("md", "tex")).end();
    };
  }

  private static void header(HtmlWriter out, Table.Column column) {
    out.element("th", column.title(), "scope", "col", "class", style(column));
  }

  private static void row(HtmlWriter out, Table table, List<String> row) {
    out.start("tr");
    for (int c = 0; c < row.size(); c++) {
      Table.Column column = table.columns().get(c);
      boolean number = column.align() == Align.RIGHT;
      String cell = number ? ChartStyle.minus(row.get(c)) : row.get(c);
      if (c == 0) {
        out.element("th", cell, "scope", "row", "class", style(column));
      } else {
        out.element("td", cell, "class", style(column));
      }
    }
    out.end();
  }

  private static String style(Table.Column column) {
    return column.align() == Align.LEFT ? "words" : "number";
  }
}
