package dev.auscult.report;

import java.util.List;

/**
 * The frame of a page of {@link SampleSite}: style and scripts are files beside it.
 *
 * @param title the heading
 * @param footer the last line
 * @param scripts files that make the page more convenient; it reads without them
 */
record SitePage(String title, String footer, List<String> scripts) {

  /**
   * By the letter of the specification {@code 'self'} matches no file of a page that was itself
   * opened as a file, hence {@code file:}.
   */
  private static final String POLICY =
      "default-src 'none'; img-src 'self' file: data:; style-src 'self' file: 'unsafe-inline';"
          + " script-src 'self' file:";

  /** Copies the list. */
  SitePage {
    scripts = List.copyOf(scripts);
  }

  /** Everything up to the body's first own element. */
  void begin(HtmlWriter out) {
    out.markup("<!DOCTYPE html>\n");
    out.start("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en");
    out.start("head").start("meta", "charset", "utf-8");
    out.start("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    out.start("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    out.element("title", title);
    out.start("link", "rel", "stylesheet", "href", "report.css");
    scripts.forEach(script -> out.start("script", "src", script, "defer", "defer").end());
    out.end().start("body").start("header").element("h1", title).end();
  }

  /** Everything after the body's last own element; the whole page. */
  String end(HtmlWriter out) {
    out.start("footer").element("p", footer).end().end().end();
    return out.finished();
  }
}
