package dev.auscult.report;

import dev.auscult.base.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A page that stands alone: no script, no network, pictures inside (and again as files below {@code
 * pictures/}), for a screen of any width and for print.
 *
 * @param title what was done
 * @param finding what came out, in a sentence
 * @param sections the body
 * @param footer the last line
 */
record HtmlPage(String title, String finding, List<Section> sections, String footer) {
  private static final String STYLE = resource("report.css");

  /** Copies the list. */
  HtmlPage {
    sections = List.copyOf(sections);
  }

  /**
   * Writes the pictures, then the page, each whole or not at all.
   *
   * @throws IOException if the folder cannot be written
   */
  void write(Path folder) throws IOException {
    HtmlWriter out = new HtmlWriter(PictureFormat.available());
    String html = render(out);
    for (Map.Entry<String, byte[]> file : out.files().entrySet()) {
      AtomicFile.write(
          folder.resolve("pictures").resolve(file.getKey()), to -> to.write(file.getValue()));
    }
    AtomicFile.writeString(folder.resolve(RunReport.PAGE), html);
  }

  String render(HtmlWriter out) {
    out.markup("<!DOCTYPE html>\n");
    out.start("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en");
    head(out);
    out.start("body");
    out.start("header").element("h1", title).element("p", finding, "class", "finding").end();
    contents(out);
    out.start("main");
    for (int i = 0; i < sections.size(); i++) {
      out.start("section", "id", "s" + (i + 1)).element("h2", sections.get(i).title());
      sections.get(i).blocks().forEach(block -> block.write(out));
      out.end();
    }
    out.end().start("footer").element("p", footer).end().end().end();
    return out.finished();
  }

  private void head(HtmlWriter out) {
    out.start("head").start("meta", "charset", "utf-8");
    out.start(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'");
    out.start("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    out.element("title", title).start("style").markup(STYLE).end().end();
  }

  private void contents(HtmlWriter out) {
    out.start("nav", "aria-label", "Contents").start("ul");
    for (int i = 0; i < sections.size(); i++) {
      out.start("li").element("a", sections.get(i).title(), "href", "#s" + (i + 1)).end();
    }
    out.end().end();
  }

  private static String resource(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing from the jar: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
