package dev.auscult.report;

import dev.auscult.balance.AuditTask;
import dev.auscult.balance.ModalityShare;
import dev.auscult.base.AtomicFile;
import dev.auscult.report.SampleRow.Cell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The list of all samples: pages of a hundred that read as they are, and the same rows in portions
 * for the script that sorts and filters them all.
 *
 * @param task what was scored
 * @param models names of the models
 * @param rows all samples in the order of the data
 * @param footer the last line of every page
 */
record SampleList(AuditTask task, List<String> models, List<SampleRow> rows, String footer) {
  private static final int PER_PAGE = 100;
  private static final int PER_PORTION = 500;
  private static final String THUMBNAIL = "72";

  /** Copies the lists. */
  SampleList {
    models = List.copyOf(models);
    rows = List.copyOf(rows);
  }

  /** The page of the list that a sample is on, by its index from 0. */
  static String page(int index) {
    return index < PER_PAGE ? "index.html" : "page-%d.html".formatted(index / PER_PAGE + 1);
  }

  private int pages() {
    return Math.max(1, (rows.size() + PER_PAGE - 1) / PER_PAGE);
  }

  private int portions() {
    return (rows.size() + PER_PORTION - 1) / PER_PORTION;
  }

  /** Writes pages and portions. */
  void write(Path folder) throws IOException {
    for (int portion = 0; portion < portions(); portion++) {
      AtomicFile.writeString(folder.resolve("rows-%d.js".formatted(portion + 1)), portion(portion));
    }
    for (int page = 0; page < pages(); page++) {
      AtomicFile.writeString(
          folder.resolve(page(page * PER_PAGE)), page(page, new HtmlWriter(false)));
    }
  }

  private String portion(int portion) {
    int from = portion * PER_PORTION;
    int to = Math.min(rows.size(), from + PER_PORTION);
    List<List<Object>> json = rows.subList(from, to).stream().map(SampleRow::json).toList();
    return "auscultSamples.add(" + (portion + 1) + ", " + ResultJson.line(json) + ");\n";
  }

  private String page(int page, HtmlWriter out) {
    SitePage frame = new SitePage("All samples", footer, List.of("samples.js"));
    frame.begin(out);
    out.start("nav", "aria-label", "Report").start("ul");
    out.start("li").element("a", "Report", "href", "../index.html").end();
    out.end().end();
    out.element(
        "p",
        "%s samples in the order of the data; each leads to its heat maps. Sorting and filtering need"
                .formatted(Figures.count(rows.size()))
            + " JavaScript.",
        "class",
        "summary");
    out.start("div", "class", "scroll");
    out.start(
        "table",
        "class",
        "samples",
        "data-models",
        ResultJson.line(models.stream().map(XmlText::clean).toList()),
        "data-samples",
        String.valueOf(rows.size()),
        "data-portions",
        String.valueOf(portions()),
        "data-page",
        String.valueOf(page + 1),
        "data-task",
        task.selects() ? "vqa" : "isa");
    out.element("caption", "TScore as a bar, delta ± SE, and what stands out, for each model");
    header(out);
    out.start("tbody");
    int from = page * PER_PAGE;
    rows.subList(from, Math.min(rows.size(), from + PER_PAGE)).forEach(row -> row(out, row));
    out.end().end().end();
    pager(out, page);
    return frame.end(out);
  }

  private void header(HtmlWriter out) {
    out.start("thead").start("tr");
    out.element("th", "image", "scope", "col", "class", "words");
    out.element("th", "sample", "scope", "col", "class", "words");
    models.forEach(model -> out.element("th", model, "scope", "col", "class", "words"));
    out.end().end();
  }

  private void row(HtmlWriter out, SampleRow row) {
    String page = SampleSite.file(row.number());
    out.start("tr").start("td");
    if (!row.image().isEmpty()) {
      out.start("a", "href", page, "tabindex", "-1", "aria-hidden", "true");
      out.start(
          "img",
          "src",
          row.image(),
          "alt",
          "",
          "loading",
          "lazy",
          "width",
          THUMBNAIL,
          "height",
          THUMBNAIL);
      out.end();
    }
    out.end().start("th", "scope", "row", "class", "words").element("a", row.id(), "href", page);
    out.element("p", row.text(), "class", "excerpt");
    if (!row.answer().isEmpty()) {
      out.start("p", "class", "excerpt").element("b", row.answer()).end();
    }
    out.end();
    row.cells().forEach(cell -> cell(out, cell));
    out.end();
  }

  private static void cell(HtmlWriter out, Optional<Cell> cell) {
    out.start("td", "class", "cell");
    if (cell.isEmpty()) {
      out.text("skipped");
    } else {
      share(out, cell.get().share());
      if (cell.get().noise()) {
        out.element("span", "noise-dominated", "class", "badge");
      }
      cell.get()
          .predicted()
          .ifPresent(
              predicted ->
                  out.element(
                      "p",
                      predicted,
                      "class",
                      cell.get().correct() ? "answer right" : "answer wrong"));
    }
    out.end();
  }

  private static void share(HtmlWriter out, Optional<ModalityShare> share) {
    if (share.isEmpty()) {
      out.text(Figures.UNDEFINED);
      return;
    }
    String width = Figures.percent(share.get().tscore()).replace(" ", "");
    out.start("div", "class", "share")
        .element("span", "", "class", "of-text", "style", "width:" + width);
    out.end();
    String delta = Figures.plusMinus(share.get().delta(), share.get().deltaSe(), 3);
    out.element("p", ChartStyle.minus(delta), "class", "delta");
  }

  private void pager(HtmlWriter out, int page) {
    out.start("nav", "class", "pages", "aria-label", "Pages").start("ul");
    for (int other = 0; other < pages(); other++) {
      out.start("li");
      if (other == page) {
        out.element("b", String.valueOf(other + 1), "aria-current", "page");
      } else {
        out.element("a", String.valueOf(other + 1), "href", page(other * PER_PAGE));
      }
      out.end();
    }
    out.end().end();
  }
}
