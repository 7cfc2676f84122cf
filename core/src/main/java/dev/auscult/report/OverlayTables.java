package dev.auscult.report;

import dev.auscult.metric.Estimate;
import dev.auscult.overlay.Condition;
import dev.auscult.overlay.Effect;
import dev.auscult.overlay.LabelDifference;
import dev.auscult.overlay.OverlayFigure;
import dev.auscult.overlay.TextKind;
import dev.auscult.overlay.Verdict;
import dev.auscult.report.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What burned-in text does, as tables.
 *
 * @param models at least one, all under the same settings
 */
public record OverlayTables(List<OverlaidModel> models) {

  /** Copies the list. */
  public OverlayTables {
    models = List.copyOf(models);
  }

  /** One row per model: does it follow the text? */
  public Table verdicts() {
    return new Table(
        "Probability of the right class with the true text minus with a contradicting one, each"
            + " beyond its blank rectangle, in points, under the condition where it is surest, or comes closest.",
        List.of(
            Column.words("model"),
            Column.numbers("accuracy without text"),
            Column.numbers("true − contradicting [95 %]"),
            Column.numbers("p (Holm)"),
            Column.words("condition"),
            Column.words("verdict")),
        models.stream().map(OverlayTables::verdict).toList());
  }

  private static List<String> verdict(OverlaidModel model) {
    Optional<Verdict> verdict = model.verdict();
    return List.of(
        model.name(),
        Figures.percent(model.result().original(OverlayFigure.CORRECT).value()),
        verdict.map(v -> points(v.difference())).orElse(Figures.UNDEFINED),
        verdict.map(v -> Figures.pValue(v.adjusted())).orElse(Figures.UNDEFINED),
        verdict.map(v -> v.strongest().label()).orElse(""),
        OverlayWords.verdict(model));
  }

  /** One row per model and kind of text under the basic condition. */
  public Table kinds() {
    Condition basic = models.get(0).result().settings().design().basic();
    List<List<String>> rows = new ArrayList<>();
    for (OverlaidModel model : models) {
      for (TextKind kind : model.result().settings().design().kinds()) {
        rows.add(
            List.of(
                model.name(),
                kind.term(),
                words(model, OverlayFigure.PROBABILITY, kind, basic),
                pValue(model, OverlayFigure.PROBABILITY, kind, basic),
                words(model, OverlayFigure.FLIPPED, kind, basic),
                words(model, OverlayFigure.CORRECT, kind, basic),
                words(model, OverlayFigure.FOLLOWED, kind, basic)));
      }
    }
    return new Table(
        "What the words do beyond their blank rectangle under the basic condition (%s), with 95 %% intervals: probability of the right class, share of flipped predictions, accuracy, and share of predictions that are the class named, in points."
            .formatted(basic.label()),
        List.of(
            Column.words("model"),
            Column.words("text"),
            Column.numbers("probability"),
            Column.numbers("p (Holm)"),
            Column.numbers("flips"),
            Column.numbers("accuracy"),
            Column.numbers("class named")),
        rows);
  }

  /** One row per model and kind: shifts against the untouched image, and the rank of its text. */
  public Table shifts() {
    Condition basic = models.get(0).result().settings().design().basic();
    List<List<String>> rows = new ArrayList<>();
    for (OverlaidModel model : models) {
      for (TextKind kind : model.result().settings().design().kinds()) {
        rows.add(
            List.of(
                model.name(),
                kind.term(),
                shift(model, OverlayFigure.PROBABILITY, kind, basic),
                shift(model, OverlayFigure.MARGIN, kind, basic),
                shift(model, OverlayFigure.CORRECT, kind, basic),
                shift(model, OverlayFigure.FLIPPED, kind, basic),
                shift(model, OverlayFigure.RECIPROCAL_RANK, kind, basic)));
      }
    }
    return new Table(
        "With the text minus the untouched image, rectangle and words together, under the basic condition, in points with 95 %% intervals. Margin: of the right class above the best other, natural log units. Reciprocal rank: of the image's own text among %s."
            .formatted(Figures.count(models.get(0).result().texts(), "text")),
        List.of(
            Column.words("model"),
            Column.words("text"),
            Column.numbers("probability"),
            Column.numbers("margin"),
            Column.numbers("accuracy"),
            Column.numbers("flips"),
            Column.numbers("reciprocal rank")),
        rows);
  }

  /** One row per model and condition. */
  public Table conditions() {
    List<List<String>> rows = new ArrayList<>();
    for (OverlaidModel model : models) {
      for (Condition condition : model.result().settings().design().conditions()) {
        Optional<LabelDifference> difference = model.difference(condition);
        rows.add(
            List.of(
                model.name(),
                Figures.percent(condition.size()),
                condition.corner().term(),
                condition.contrast().term(),
                words(model, OverlayFigure.PROBABILITY, TextKind.TRUE, condition),
                words(model, OverlayFigure.PROBABILITY, TextKind.CONTRADICTING, condition),
                difference.map(d -> points(d.difference())).orElse(Figures.UNDEFINED),
                difference.map(d -> Figures.pValue(d.adjusted())).orElse(Figures.UNDEFINED)));
      }
    }
    return new Table(
        "What the words do to the probability of the right class by size, corner and contrast, in"
            + " points with 95 % intervals; effects.csv has all kinds and figures.",
        List.of(
            Column.words("model"),
            Column.numbers("size"),
            Column.words("corner"),
            Column.words("contrast"),
            Column.numbers("true"),
            Column.numbers("contradicting"),
            Column.numbers("true − contradicting"),
            Column.numbers("p (Holm)")),
        rows);
  }

  /** One row per model and version; no rows where no balance was audited. */
  public Table balance() {
    List<List<String>> rows = new ArrayList<>();
    for (OverlaidModel model : models) {
      for (OverlaidModel.BalanceShift shift : model.balance()) {
        rows.add(
            List.of(
                model.name(),
                shift.version(),
                Figures.count(shift.tscore().n()),
                Figures.interval(shift.tscore()),
                Figures.interval(shift.tscore().affine(-1, 1)),
                shift
                    .shift()
                    .map(difference -> Figures.interval(difference.difference()))
                    .orElse(""),
                shift.shift().map(difference -> Figures.pValue(difference.p())).orElse("")));
      }
    }
    return new Table(
        "Modality balance (MM-SHAP) of the score of the image with the prompt of its right class,"
            + " with and without burned-in text under the basic condition.",
        List.of(
            Column.words("model"),
            Column.words("burned in"),
            Column.numbers("n"),
            Column.numbers("TScore [95 %]"),
            Column.numbers("IScore [95 %]"),
            Column.numbers("shift of TScore [95 %]"),
            Column.numbers("p")),
        rows);
  }

  private static String words(
      OverlaidModel model, OverlayFigure figure, TextKind kind, Condition condition) {
    return model
        .effect(figure, kind, condition)
        .map(effect -> shown(figure, effect.words().difference()))
        .orElse(Figures.UNDEFINED);
  }

  private static String shift(
      OverlaidModel model, OverlayFigure figure, TextKind kind, Condition condition) {
    return model
        .effect(figure, kind, condition)
        .map(effect -> shown(figure, effect.shift()))
        .orElse(Figures.UNDEFINED);
  }

  private static String shown(OverlayFigure figure, Estimate estimate) {
    return figure == OverlayFigure.MARGIN ? Figures.interval(estimate, 2) : points(estimate);
  }

  private static String pValue(
      OverlaidModel model, OverlayFigure figure, TextKind kind, Condition condition) {
    return model
        .effect(figure, kind, condition)
        .map(Effect::adjusted)
        .map(Figures::pValue)
        .orElse(Figures.UNDEFINED);
  }

  private static String points(Estimate estimate) {
    return Figures.interval(estimate.affine(100, 0), 1);
  }
}
