package dev.auscult.report;

import java.util.List;
import java.util.Locale;

/**
 * A query with what was found for it, the best first.
 *
 * @param title of the query
 * @param why it is shown, or how it was found
 * @param query what was asked by
 * @param hits what was found
 */
public record HitList(String title, String why, ShownItem query, List<Hit> hits) implements Block {
  private static final int LETTERS = 280;

  /** What is known of a hit. */
  public enum Verdict {
    /** It belongs to the query. */
    RIGHT,
    /** It does not. */
    WRONG,
    /** Nothing. */
    UNKNOWN
  }

  /**
   * Something found.
   *
   * @param score similarity with the query
   */
  public record Hit(ShownItem item, double score, Verdict verdict) {}

  /** Copies the list. */
  public HitList {
    hits = List.copyOf(hits);
  }

  @Override
  public void write(HtmlWriter out) {
    out.start("article", "class", "sample").element("h3", title).element("p", why, "class", "why");
    out.start("div", "class", "hits");
    figure(out, "query", "query", query);
    for (int i = 0; i < hits.size(); i++) {
      Hit hit = hits.get(i);
      String caption = "%d. %s".formatted(i + 1, Figures.decimal(hit.score(), 3));
      figure(out, answer(hit.verdict()), caption, hit.item());
    }
    out.end().end();
  }

  private static String answer(Verdict verdict) {
    return switch (verdict) {
      case RIGHT, WRONG -> "answer " + verdict.name().toLowerCase(Locale.ROOT);
      case UNKNOWN -> "answer";
    };
  }

  private static void figure(HtmlWriter out, String style, String caption, ShownItem item) {
    out.start("figure").element("p", caption, "class", style);
    item.image()
        .ifPresent(
            image ->
                out.start(
                    "img", "src", ViewImages.EMBEDDED.address(image), "alt", "image " + item.id()));
    item.text().ifPresent(text -> out.element("p", shortened(text), "class", "said"));
    out.element("figcaption", item.id()).end();
  }

  private static String shortened(String text) {
    return text.length() <= LETTERS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, LETTERS) - 1)) + "…";
  }
}
