package dev.auscult.report;

import dev.auscult.balance.AuditTask;
import dev.auscult.balance.ModalityBalance;
import dev.auscult.balance.ModelComparison;
import dev.auscult.metric.Estimate;
import dev.auscult.report.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tables of a modality-balance audit. */
public final class BalanceTables {
  private static final String SECONDS = "seconds";

  private BalanceTables() {}

  /**
   * The few figures that a terminal has room for: one row per model.
   *
   * @param models every model's figures by its name, in the order of the rows
   */
  public static Table brief(AuditTask task, Map<String, ModalityBalance> models) {
    List<Column> columns = new ArrayList<>(List.of(Column.words("model")));
    List.of("n", "undefined", "TScore [95 %]", "delta [95 %]", "balanced@0.1")
        .forEach(title -> columns.add(Column.numbers(title)));
    if (task != AuditTask.ISA) {
      columns.add(Column.numbers(accuracyTitle(task)));
    }
    columns.add(Column.numbers("passes"));
    List<List<String>> rows = new ArrayList<>();
    models.forEach((name, balance) -> rows.add(brief(task, name, balance)));
    return new Table("Modality balance", columns, rows);
  }

  private static List<String> brief(AuditTask task, String name, ModalityBalance balance) {
    List<String> row = new ArrayList<>();
    row.add(name);
    row.add(String.valueOf(balance.n()));
    row.add(String.valueOf(balance.undefined()));
    row.add(Figures.interval(balance.tscore()));
    row.add(Figures.interval(balance.delta()));
    row.add(Figures.percent(balance.balanced01().value()));
    if (task != AuditTask.ISA) {
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

  /** The figures that the same command finds again: all but the time it took. */
  static Table lasting(AuditTask task, List<AuditedModel> models) {
    Table full = full(task, models);
    return new Table(
        full.caption(),
        full.columns(),
        full.rows().stream().filter(row -> !row.get(0).equals(SECONDS)).toList());
  }

  private record Figure(String title, Function<ModalityBalance, String> of) {}

  private static List<Figure> figures(AuditTask task) {
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure("samples", b -> Figures.count(b.n())));
    figures.add(new Figure("samples without a defined balance", b -> Figures.count(b.undefined())));
    figures.add(new Figure("TScore", b -> Figures.interval(b.tscore())));
    figures.add(new Figure("IScore", b -> Figures.interval(b.iscore())));
    figures.add(new Figure("delta = TScore − IScore", b -> Figures.interval(b.delta())));
    figures.add(new Figure("SD of delta over samples", b -> Figures.decimal(b.delta().sd(), 3)));
    figures.add(new Figure("balanced, |delta| < 0.1", b -> Figures.percents(b.balanced01())));
    figures.add(new Figure("balanced, |delta| < 0.2", b -> Figures.percents(b.balanced02())));
    figures.add(new Figure("l_norm ± SD (kind)", BalanceTables::level));
    figures.addAll(selections(task));
    figures.add(new Figure("whole text, Shapley value", b -> score(b, b.modalities().text())));
    figures.add(new Figure("whole image, Shapley value", b -> score(b, b.modalities().image())));
    figures.add(new Figure("synergy of both", b -> score(b, b.modalities().synergy())));
    figures.add(new Figure("encoder passes", b -> Figures.count(b.cost().encoderPasses())));
    figures.add(new Figure(SECONDS, b -> Figures.decimal(b.cost().seconds(), 1)));
    return figures;
  }

  /** What was selected rightly, and the figures of foils. */
  private static List<Figure> selections(AuditTask task) {
    List<Figure> figures = new ArrayList<>();
    if (task != AuditTask.ISA) {
      figures.add(new Figure(accuracyTitle(task), b -> percents(b.accuracy())));
    }
    if (task == AuditTask.VQA) {
      figures.add(new Figure("accuracy, closed questions", b -> counted(b.parts().closed())));
      figures.add(new Figure("accuracy, open questions", b -> counted(b.parts().open())));
    }
    if (task == AuditTask.FOIL) {
      figures.add(
          new Figure(
              "TScore with the foil",
              b ->
                  b.parts()
                      .foils()
                      .map(foils -> Figures.interval(foils.tscore()))
                      .orElse(Figures.UNDEFINED)));
      figures.add(
          new Figure(
              "delta with the foil",
              b ->
                  b.parts()
                      .foils()
                      .map(foils -> Figures.interval(foils.delta()))
                      .orElse(Figures.UNDEFINED)));
    }
    return figures;
  }

  /** What it means that a selection is right. */
  private static String accuracyTitle(AuditTask task) {
    return switch (task) {
      case FOIL -> "pairwise accuracy";
      case RETRIEVAL -> "recall@1";
      default -> "accuracy";
    };
  }

  private static String percents(Optional<Estimate> share) {
    return share.map(Figures::percents).orElse(Figures.UNDEFINED);
  }

  private static String counted(Optional<Estimate> share) {
    return share
        .map(value -> "%s of %s".formatted(Figures.percents(value), Figures.count(value.n())))
        .orElse(Figures.UNDEFINED);
  }

  private static String score(ModalityBalance balance, Estimate value) {
    double scale =
        Math.max(
            Math.abs(balance.modalities().text().value()),
            Math.abs(balance.modalities().image().value()));
    return Figures.interval(value, Figures.decimalsFor(scale));
  }

  private static String level(ModalityBalance balance) {
    return "%s ± %s (%s)"
        .formatted(
            Figures.decimal(balance.level().mean(), 3),
            Figures.decimal(balance.level().sd(), 3),
            balance.level().kind().label());
  }

  private static String accuracy(ModalityBalance balance) {
    return balance.accuracy().map(a -> Figures.percent(a.value())).orElse(Figures.UNDEFINED);
  }

  /** Paired differences, one row per figure and pair of models. */
  static Table comparisons(List<ModelComparison> comparisons) {
    return new Table(
        "Paired differences, first model minus second, with 95 % confidence intervals.",
        List.of(
            Column.words("figure"),
            Column.words("first"),
            Column.words("second"),
            Column.numbers("samples"),
            Column.numbers("difference [95 %]"),
            Column.numbers("p, Holm")),
        comparisons.stream().map(BalanceTables::comparison).toList());
  }

  private static List<String> comparison(ModelComparison comparison) {
    Estimate difference = comparison.paired().difference();
    boolean share = comparison.figure() != ModelComparison.Figure.DELTA;
    return List.of(
        title(comparison.figure()),
        comparison.first(),
        comparison.second(),
        Figures.count(difference.n()),
        share ? Figures.percents(difference) : Figures.interval(difference),
        Figures.pValue(comparison.pHolm()));
  }

  private static String title(ModelComparison.Figure figure) {
    return switch (figure) {
      case DELTA -> "delta";
      case BALANCED_0_1 -> "balanced, |delta| < 0.1";
      case BALANCED_0_2 -> "balanced, |delta| < 0.2";
      case ACCURACY -> "accuracy";
    };
  }

  /** Our rows, then the published ones of the same task, marked as what they are. */
  static Table besidePublished(AuditTask task, List<AuditedModel> models) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("model"));
    columns.add(Column.words("source"));
    List.of("TScore ± SD", "IScore ± SD", "delta [95 %]", "balanced@0.1")
        .forEach(title -> columns.add(Column.numbers(title)));
    if (task != AuditTask.ISA) {
      columns.add(Column.numbers(accuracyTitle(task)));
    }
    columns.add(Column.numbers("l_norm ± SD (ours: %s)".formatted(kinds(models))));
    List<List<String>> rows = new ArrayList<>();
    models.forEach(model -> rows.add(ours(task, model)));
    PublishedBalance.of(task).forEach(row -> rows.add(published(task, row)));
    return new Table(
        "Modality balance of this run beside published figures, which stand here for context only.",
        columns,
        rows);
  }

  private static String kinds(List<AuditedModel> models) {
    return models.stream()
        .map(model -> model.balance().level().kind().label())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static List<String> ours(AuditTask task, AuditedModel model) {
    ModalityBalance balance = model.balance();
    List<String> row = new ArrayList<>();
    row.add(model.name());
    row.add("this run");
    row.add(spread(balance.tscore().value(), balance.tscore().sd()));
    row.add(spread(balance.iscore().value(), balance.iscore().sd()));
    row.add(Figures.interval(balance.delta()));
    row.add(Figures.percents(balance.balanced01()));
    if (task != AuditTask.ISA) {
      row.add(percents(balance.accuracy()));
    }
    row.add(spread(balance.level().mean(), balance.level().sd()));
    return row;
  }

  private static List<String> published(AuditTask task, PublishedBalance published) {
    List<String> row = new ArrayList<>();
    row.add(published.model());
    row.add("published, " + published.data());
    row.add(spread(published.tscore(), published.tscoreSd()));
    row.add(spread(1 - published.tscore(), published.tscoreSd()));
    row.add(Figures.decimal(published.delta(), 3));
    row.add(Figures.percent(published.balanced()));
    if (task != AuditTask.ISA) {
      row.add(Figures.percent(published.accuracy()));
    }
    row.add(spread(published.level(), published.levelSd()));
    return row;
  }

  private static String spread(double mean, double sd) {
    return Double.isFinite(mean)
        ? Figures.decimal(mean, 3) + " ± " + Figures.decimal(sd, 3)
        : Figures.UNDEFINED;
  }
}
