package dev.auscult.report;

import dev.auscult.balance.AuditTask;
import dev.auscult.balance.ModalityBalance;
import dev.auscult.metric.Estimate;
import dev.auscult.report.Table.Column;
import java.util.ArrayList;
import java.util.List;

/** The tables of a modality-balance audit. */
public final class BalanceTables {
  private BalanceTables() {}

  /** The few figures that a terminal has room for: one row per model. */
  public static Table brief(AuditTask task, List<AuditedModel> models) {
    List<Column> columns = new ArrayList<>(List.of(Column.words("model")));
    List.of("n", "undefined", "TScore [95 %]", "delta [95 %]", "balanced@0.1")
        .forEach(title -> columns.add(Column.numbers(title)));
    if (task == AuditTask.VQA) {
      columns.add(Column.numbers("accuracy"));
    }
    columns.add(Column.numbers("passes"));
    return new Table(
        "Modality balance", columns, models.stream().map(model -> brief(task, model)).toList());
  }

  private static List<String> brief(AuditTask task, AuditedModel model) {
    ModalityBalance balance = model.balance();
    List<String> row = new ArrayList<>();
    row.add(model.name());
    row.add(String.valueOf(balance.n()));
    row.add(String.valueOf(balance.undefined()));
    row.add(Figures.interval(balance.tscore()));
    row.add(Figures.interval(balance.delta()));
    row.add(Figures.percent(balance.balanced01()));
    if (task == AuditTask.VQA) {
      row.add(accuracy(balance));
    }
    row.add(String.valueOf(balance.cost().encoderPasses()));
    return row;
  }

  /** Every figure of every model: one row per figure, one column per model. */
  public static Table full(AuditTask task, List<AuditedModel> models) {
    List<Column> columns = new ArrayList<>(List.of(Column.words("figure")));
    models.forEach(model -> columns.add(Column.numbers(model.name())));
    List<List<String>> rows = new ArrayList<>();
    for (Figure figure : figures(task)) {
      List<String> row = new ArrayList<>(List.of(figure.title()));
      models.forEach(model -> row.add(figure.of().apply(model.balance())));
      rows.add(row);
    }
    return new Table(
        "Means over the samples; in brackets the 95 % confidence interval by bootstrap over"
            + " patients.",
        columns, rows);
  }

  private record Figure(String title, java.util.function.Function<ModalityBalance, String> of) {}

  private static List<Figure> figures(AuditTask task) {
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("samples", b -> Figures.count(b.n())));
    figures.add(new Figure("samples without a defined balance", b -> Figures.count(b.undefined())));
    figures.add(new Figure("TScore", b -> Figures.interval(b.tscore())));
    figures.add(new Figure("IScore", b -> Figures.interval(b.iscore())));
    figures.add(new Figure("delta = TScore - IScore", b -> Figures.interval(b.delta())));
    figures.add(new Figure("SD of delta over samples", b -> Figures.decimal(b.delta().sd(), 3)));
    figures.add(new Figure("balanced, |delta| < 0.1", b -> Figures.percent(b.balanced01())));
    figures.add(new Figure("balanced, |delta| < 0.2", b -> Figures.percent(b.balanced02())));
    figures.add(new Figure("l_norm ± SD (kind)", BalanceTables::level));
    if (task == AuditTask.VQA) {
      figures.add(new Figure("accuracy", BalanceTables::accuracy));
    }
    figures.add(new Figure("whole text, Shapley value", b -> score(b, b.modalities().text())));
    figures.add(new Figure("whole image, Shapley value", b -> score(b, b.modalities().image())));
    figures.add(new Figure("synergy of both", b -> score(b, b.modalities().synergy())));
    figures.add(new Figure("encoder passes", b -> Figures.count(b.cost().encoderPasses())));
    figures.add(new Figure("seconds", b -> Figures.decimal(b.cost().seconds(), 1)));
    return figures;
  }

  private static String score(ModalityBalance balance, double value) {
    double scale =
        Math.max(Math.abs(balance.modalities().text()), Math.abs(balance.modalities().image()));
    return Figures.signed(value, Figures.decimalsFor(scale));
  }

  private static String level(ModalityBalance balance) {
    return "%s ± %s (%s)"
        .formatted(
            Figures.decimal(balance.level().mean(), 3),
            Figures.decimal(balance.level().sd(), 3),
            balance.level().kind().label());
  }

  private static String accuracy(ModalityBalance balance) {
    return Figures.percent(balance.accuracy().orElse(Double.NaN));
  }

  /** Our rows, then the published ones of the same task, marked as what they are. */
  static Table besidePublished(AuditTask task, List<AuditedModel> models) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("model"));
    columns.add(Column.words("source"));
    List.of("TScore ± SD", "delta", "balanced@0.1", "accuracy", "l_norm ± SD")
        .forEach(title -> columns.add(Column.numbers(title)));
    List<List<String>> rows = new ArrayList<>();
    for (AuditedModel model : models) {
      ModalityBalance balance = model.balance();
      Estimate tscore = balance.tscore();
      rows.add(
          List.of(
              model.name(),
              "this run",
              spread(tscore.value(), tscore.sd()),
              Figures.decimal(balance.delta().value(), 3),
              Figures.percent(balance.balanced01()),
              accuracy(balance),
              spread(balance.level().mean(), balance.level().sd())));
    }
    for (PublishedBalance published : PublishedBalance.of(task)) {
      rows.add(
          List.of(
              published.model(),
              "published, " + published.data(),
              spread(published.tscore(), published.tscoreSd()),
              Figures.decimal(published.delta(), 3),
              Figures.percent(published.balanced()),
              Figures.percent(published.accuracy()),
              spread(published.level(), published.levelSd())));
    }
    return new Table("Published figures stand here for context only.", columns, rows);
  }

  private static String spread(double mean, double sd) {
    return Double.isFinite(mean)
        ? Figures.decimal(mean, 3) + " ± " + Figures.decimal(sd, 3)
        : Figures.UNDEFINED;
  }
}
