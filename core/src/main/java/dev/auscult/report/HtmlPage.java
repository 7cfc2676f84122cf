package dev.auscult.report;

import dev.auscult.base.AtomicFile;
import dev.auscult.base.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A page that stands alone: no network, pictures inside (and again as files below {@code
 * pictures/}), for a screen of any width and for print. It reads without scripts; its only one is
 * inside too, and no other can run.
 *
 * @param title what was done
 * @param finding what came out, in a sentence
 * @param sections the body
 * @param footer the last line
 */
record HtmlPage(String title, String finding, List<Section> sections, String footer) {
  private static final String STYLE = resource("report.css");

  /** Text of a script is none of XML's business. */
  private static final String SCRIPT = "//<![CDATA[\n" + resource("report.js") + "//]]>";

  private static final String POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-%s'"
          .formatted(sha256(SCRIPT));

  /** Copies the list. */
  HtmlPage {
    sections = List.copyOf(sections);
  }

  /**
   * Writes the files that the page links to, then the page, each whole or not at all.
   *
   * @throws IOException if the folder cannot be written
   */
  void write(Path folder) throws IOException {
    HtmlWriter out = new HtmlWriter(PictureFormat.available());
    String html = render(out);
    for (Map.Entry<String, byte[]> file : out.files().entrySet()) {
      AtomicFile.write(folder.resolve(file.getKey()), to -> to.write(file.getValue()));
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
    out.end().start("footer").element("p", footer).end();
    out.start("script").markup(SCRIPT).end().end().end();
    return out.finished();
  }

  private void head(HtmlWriter out) {
    out.start("head").start("meta", "charset", "utf-8");
    out.start("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
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

  private static String sha256(String text) {
    byte[] digest =
        HexFormat.of().parseHex(ContentHash.of(text.getBytes(StandardCharsets.UTF_8)).hex());
    return Base64.getEncoder().encodeToString(digest);
  }

  /** A text file of this package. */
  static String resource(String name) {
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
