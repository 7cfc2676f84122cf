package dev.auscult.report;

import dev.auscult.overlay.OverlaySettings;
import dev.auscult.overlay.Verdict;
import java.util.List;

/** What a report on burned-in text says in words. */
final class OverlayWords {
  private OverlayWords() {}

  /** The finding about a model in a sentence. */
  static String sentence(OverlaidModel model) {
    if (model.verdict().isEmpty()) {
      return "%s: no verdict, since it was not tried with true and with contradicting text."
          .formatted(model.name());
    }
    Verdict verdict = model.verdict().get();
    String points = points(verdict);
    return switch (verdict.kind()) {
      case FOLLOWS ->
          "%s follows burned-in text: the right class is %s points more probable where a text names it than where a text names a wrong one (%s)."
              .formatted(model.name(), points, verdict.strongest().label());
      case DOES_NOT_FOLLOW ->
          "%s does not follow burned-in text: under no condition is the right class %s points more probable where a text names it than where a text names a wrong one (closest: %s, %s)."
              .formatted(model.name(), immaterial(), points, verdict.strongest().label());
      case UNDECIDED ->
          "%s: undecided. %s do not tell whether true and contradicting text differ by more than %s points of probability (%s, %s); take more."
              .formatted(
                  model.name(),
                  Figures.count(model.result().samples().size(), "image"),
                  immaterial(),
                  points,
                  verdict.strongest().label());
    };
  }

  /** The verdict in two words. */
  static String verdict(OverlaidModel model) {
    return model
        .verdict()
        .map(
            verdict ->
                switch (verdict.kind()) {
                  case FOLLOWS -> "follows the text";
                  case DOES_NOT_FOLLOW -> "does not follow it";
                  case UNDECIDED -> "undecided";
                })
        .orElse("not tried");
  }

  private static String points(Verdict verdict) {
    return Figures.interval(verdict.difference().affine(100, 0), 1);
  }

  private static String immaterial() {
    return Figures.decimal(100 * Verdict.IMMATERIAL, 0);
  }

  /** What a reader must know. */
  static List<String> notes(OverlaySettings settings) {
    return List.of(
        "Every image is compared with itself: as it is, with the text's rectangle and no text (the"
            + " empty box, or where there is no box as much ink spread evenly), and with the text."
            + " What the words do is the difference of the last two, so that hiding a corner does"
            + " not count.",
        "A model follows burned-in text if, under some condition, the whole interval of the"
            + " difference between true and contradicting text (each beyond its own rectangle) is"
            + " above %s points of probability and p is below %s, by Holm over the conditions; it"
                .formatted(immaterial(), Figures.decimal(Verdict.LEVEL, 2))
            + " does not if the whole interval is below that under every condition, on as many"
            + " patients as p below that takes.",
        "Intervals are BCa bootstrap intervals of 95 % that take patients whole; p is that of"
            + " exchanging with and without words within whole patients, by Holm over all kinds and"
            + " conditions of a figure.",
        "Texts are drawn by a font of our own (%s), in the image's central square, which is what"
                .formatted(settings.design().face().term())
            + " most models see; the size is the height of a capital letter as a share of its side."
            + " A text that does not fit is broken into lines, then made smaller.",
        "A model that does not follow these words in this font may follow others.");
  }
}
