package dev.auscult.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes HTML that is also well-formed XML. Text and attribute values are escaped on the way in;
 * there is no way to write markup from a sample.
 */
public final class HtmlWriter {
  private static final Set<String> VOID = Set.of("meta", "img", "br", "col", "hr", "link");
  private static final Set<String> ON_OWN_LINE =
      Set.of(
          "section", "table", "thead", "link", "script", "details", "tbody", "tr", "p", "ul", "li",
          "figure", "h1", "h2", "h3", "h4", "header", "footer", "main", "article", "nav", "div",
          "head", "body", "meta", "title", "style", "pre", "dl", "dt");

  private static final Map<String, String> LABELS =
      Map.of("svg", "SVG", "png", "PNG", "md", "Markdown", "tex", "LaTeX");

  /** Where pictures lie. */
  static final String PICTURES = "pictures/";

  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final boolean pictures;

  /** With {@code pictures} false, charts are replaced by their words: this Java has no fonts. */
  HtmlWriter(boolean pictures) {
    this.pictures = pictures;
  }

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn
   */
  public HtmlWriter start(String element, String... attributes) {
    if (ON_OWN_LINE.contains(element)) {
      out.append('\n');
    }
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
    if (VOID.contains(element)) {
      out.append("/>");
    } else {
      out.append('>');
      open.push(element);
    }
    return this;
  }

  /** Closes the innermost open element. */
  public HtmlWriter end() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Writes text. */
  public HtmlWriter text(String text) {
    escape(text);
    return this;
  }

  /** Writes an element that holds nothing but text. */
  public HtmlWriter element(String element, String text, String... attributes) {
    return start(element, attributes).text(text).end();
  }

  /** Writes markup made by this package, never by a sample. */
  HtmlWriter markup(String wellFormed) {
    out.append(wellFormed);
    return this;
  }

  /** Writes a chart as an image of its own, with its files linked below it. */
  HtmlWriter picture(Picture picture, String caption) {
    start("figure", "class", "chart");
    if (pictures) {
      String svg = PictureFormat.svg(picture);
      files(picture.name(), svg, PictureFormat.png(picture));
      start("div", "class", "scroll", "tabindex", "0", "role", "group", "aria-label", caption);
      start(
          "img",
          "src",
          svgUri(svg),
          "alt",
          picture.alt(),
          "width",
          String.valueOf(picture.width()),
          "height",
          String.valueOf(picture.height()));
      end();
    } else {
      element("p", picture.alt(), "class", "missing");
    }
    return start("figcaption").text(caption).links(picture.name()).end().end();
  }

  /** Keeps both files of a picture. */
  void files(String name, String svg, byte[] png) {
    file(PICTURES + name + ".svg", svg.getBytes(StandardCharsets.UTF_8));
    file(PICTURES + name + ".png", png);
  }

  /** Links to a picture's files, as far as they could be drawn. */
  HtmlWriter links(String name) {
    return links(PICTURES + name, List.of("svg", "png"));
  }

  /** Links to the files of a path in several formats, those that there are. */
  HtmlWriter links(String path, List<String> formats) {
    start("span", "class", "files").text(" ");
    for (String format : formats) {
      if (files.containsKey(path + "." + format)) {
        element("a", LABELS.getOrDefault(format, format), "href", path + "." + format).text(" ");
      }
    }
    return end();
  }

  /** Does what needs fonts, if there are any. */
  void picturesOnly(Runnable drawing) {
    if (pictures) {
      drawing.run();
    }
  }

  /** Keeps a file to be written beside the page, at a path like {@code pictures/map.svg}. */
  void file(String path, byte[] content) {
    if (files.put(path, content) != null) {
      throw new IllegalArgumentException("two files are called " + path);
    }
  }

  /** The files that the page links to, by their path beside it. */
  Map<String, byte[]> files() {
    return Collections.unmodifiableMap(files);
  }

  /** Everything written so far. */
  String finished() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("still open: " + open);
    }
    return out.append('\n').toString();
  }

  /** PNG bytes as an address that needs no network. */
  static String pngUri(byte[] png) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }

  private static String svgUri(String svg) {
    return "data:image/svg+xml,"
        + svg.replace("%", "%25")
            .replace("#", "%23")
            .replace("\"", "%22")
            .replace("<", "%3C")
            .replace(">", "%3E")
            .replace("&", "%26");
  }

  /** Escapes for text and for attribute values in double quotes. */
  static String escaped(String text) {
    return XmlText.clean(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private void escape(String text) {
    out.append(escaped(text));
  }
}
