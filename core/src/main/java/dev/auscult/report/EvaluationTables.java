package dev.auscult.report;

import dev.auscult.evaluation.ClassResult;
import dev.auscult.evaluation.EvaluationResult;
import dev.auscult.evaluation.FigureNames;
import dev.auscult.evaluation.Finding;
import dev.auscult.evaluation.Gap;
import dev.auscult.evaluation.GroupResult;
import dev.auscult.evaluation.Task;
import dev.auscult.evaluation.ThresholdChoice;
import dev.auscult.metric.ConfusionMatrix;
import dev.auscult.metric.Estimate;
import dev.auscult.report.Table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of an evaluation. */
public final class EvaluationTables {
  private static final Estimate NONE = Estimate.undefined();

  private final EvaluationResult result;

  /** Of this result. */
  public EvaluationTables(EvaluationResult result) {
    this.result = result;
  }

  /** The figures of all observations. */
  public Table figures() {
    Map<String, Estimate> figures = new LinkedHashMap<>(result.figures());
    if (result.task() == Task.BINARY) {
      result.classes().get(0).figures().forEach(figures::putIfAbsent);
    }
    List<List<String>> rows = new ArrayList<>();
    figures.forEach(
        (name, estimate) ->
            rows.add(
                List.of(
                    MetricWords.of(name),
                    Figures.decimal(estimate.value(), 3),
                    ends(estimate),
                    Figures.count(estimate.n()))));
    return new Table(
        "Figures of all observations with 95 % intervals by patient.",
        List.of(
            Column.words("figure"),
            Column.numbers("value"),
            Column.numbers("95 % interval"),
            Column.numbers("n")),
        rows);
  }

  private static String ends(Estimate estimate) {
    return Double.isFinite(estimate.lo())
        ? "[%s, %s]".formatted(Figures.decimal(estimate.lo(), 3), Figures.decimal(estimate.hi(), 3))
        : Figures.UNDEFINED;
  }

  private static String shown(Estimate estimate) {
    return Figures.interval(estimate);
  }

  /** Calls, one row per class or label. */
  public Table classes() {
    return classes(
        "Calls of each class against the rest.",
        List.of(
            FigureNames.SENSITIVITY,
            FigureNames.SPECIFICITY,
            FigureNames.PRECISION,
            FigureNames.F1));
  }

  /** Rankings, one row per class or label. */
  public Table rankings() {
    return classes(
        "Ranking of each class against the rest.",
        List.of(FigureNames.AUROC, FigureNames.AUPRC, FigureNames.SENSITIVITY_95));
  }

  private Table classes(String caption, List<String> shown) {
    List<Column> columns =
        new ArrayList<>(List.of(Column.words("class"), Column.numbers("positives")));
    shown.forEach(name -> columns.add(Column.numbers(MetricWords.of(name))));
    List<List<String>> rows = new ArrayList<>();
    for (ClassResult entry : result.classes()) {
      List<String> row = new ArrayList<>(List.of(entry.name(), Figures.count(entry.positives())));
      shown.forEach(name -> row.add(shown(entry.figures().getOrDefault(name, NONE))));
      rows.add(row);
    }
    return new Table(caption, columns, rows);
  }

  /** How often each class was called what; rows are the truth. */
  public Table confusion(ConfusionMatrix matrix) {
    List<String> names =
        result.task() == Task.BINARY
            ? List.of("negative", result.classes().get(0).name())
            : result.classes().stream().map(ClassResult::name).toList();
    List<Column> columns = new ArrayList<>(List.of(Column.words("truth")));
    names.forEach(name -> columns.add(Column.numbers("called " + name)));
    List<List<String>> rows = new ArrayList<>();
    for (int truth = 0; truth < matrix.classes(); truth++) {
      List<String> row = new ArrayList<>(List.of(names.get(truth)));
      for (int called = 0; called < matrix.classes(); called++) {
        row.add(Figures.count(matrix.count(truth, called)));
      }
      rows.add(row);
    }
    return new Table("Confusion matrix: rows are the truth, columns the calls.", columns, rows);
  }

  /** What thresholds that validation data chose do on test data. */
  public Table operatingPoints() {
    List<Column> columns =
        new ArrayList<>(
            List.of(Column.words("rule"), Column.words("class"), Column.numbers("threshold")));
    List<String> shown =
        List.of(
            FigureNames.SENSITIVITY,
            FigureNames.SPECIFICITY,
            FigureNames.PRECISION,
            FigureNames.NPV,
            FigureNames.F1);
    shown.forEach(name -> columns.add(Column.numbers(MetricWords.of(name))));
    List<List<String>> rows =
        result.operatingPoints().stream()
            .map(
                point -> {
                  List<String> row = new ArrayList<>();
                  row.add(ThresholdChoice.name(point.rule()));
                  row.add(point.className());
                  row.add(Figures.decimal(point.threshold(), 4));
                  shown.forEach(name -> row.add(shown(point.figures().getOrDefault(name, NONE))));
                  return row;
                })
            .toList();
    return new Table(
        "Thresholds chosen on validation rows, and what they do on test rows.", columns, rows);
  }

  /** Calibration before and after temperature scaling. */
  public Table temperature(Map<String, Estimate> scaled) {
    List<List<String>> rows = new ArrayList<>();
    for (String name : List.of(FigureNames.ECE, FigureNames.ECE_UNWEIGHTED, FigureNames.BRIER)) {
      rows.add(
          List.of(
              MetricWords.of(name),
              shown(result.figures().getOrDefault(name, NONE)),
              shown(scaled.getOrDefault(name, NONE))));
    }
    return new Table(
        "Calibration on test rows before and after temperature scaling on validation rows.",
        List.of(Column.words("figure"), Column.numbers("before"), Column.numbers("after")),
        rows);
  }

  /** The groups of an attribute, numbers of observations first. */
  public Table groups(String attribute) {
    List<String> shown =
        result.task() == Task.BINARY
            ? List.of(
                FigureNames.AUROC,
                FigureNames.BALANCED_ACCURACY,
                FigureNames.SENSITIVITY,
                FigureNames.SPECIFICITY)
            : List.of(FigureNames.AUROC, FigureNames.BALANCED_ACCURACY, FigureNames.MACRO_F1);
    return groups("Figures by " + attribute + ".", attribute, shown);
  }

  /** Calibration of the groups of an attribute, numbers of observations first. */
  public Table calibration(String attribute) {
    List<String> shown =
        result.task() == Task.MULTI_LABEL
            ? List.of(FigureNames.ECE, FigureNames.BRIER)
            : List.of(FigureNames.IN_THE_LARGE, FigureNames.ECE, FigureNames.BRIER);
    return groups("Calibration by " + attribute + ".", attribute, shown);
  }

  private Table groups(String caption, String attribute, List<String> shown) {
    List<Column> columns =
        new ArrayList<>(
            List.of(Column.words(attribute), Column.numbers("n"), Column.numbers("patients")));
    shown.forEach(name -> columns.add(Column.numbers(MetricWords.of(name))));
    List<List<String>> rows =
        result.groups().stream()
            .filter(group -> group.attribute().equals(attribute))
            .map(group -> row(group, shown))
            .toList();
    return new Table(caption, columns, rows);
  }

  private List<String> row(GroupResult group, List<String> shown) {
    Map<String, Estimate> figures = new LinkedHashMap<>(FigureNames.ofAll(group.figures()));
    if (result.task() == Task.BINARY) {
      FigureNames.ofClass(group.figures(), result.classes().get(0).name())
          .forEach(figures::putIfAbsent);
    }
    String name =
        group.standing() == GroupResult.Standing.TOO_SMALL
            ? group.value() + " (too small)"
            : group.value();
    List<String> row =
        new ArrayList<>(List.of(name, Figures.count(group.n()), Figures.count(group.patients())));
    shown.forEach(figure -> row.add(shown(figures.getOrDefault(figure, NONE))));
    return row;
  }

  /** How far apart the groups of each single attribute are. */
  public Table gaps() {
    List<List<String>> rows = new ArrayList<>();
    for (Gap gap : result.gaps()) {
      if (gap.intersection()) {
        continue;
      }
      rows.add(
          List.of(
              gap.attribute(),
              Figures.count(gap.size().n()),
              MetricWords.of(gap.metric()),
              shown(gap.size()),
              gap.lowest(),
              gap.highest()));
    }
    return new Table(
        "Largest minus smallest figure among the compared groups (of intersections in gaps.csv).",
        List.of(
            Column.words("attribute"),
            Column.numbers("n"),
            Column.words("figure"),
            Column.numbers("gap"),
            Column.words("lowest"),
            Column.words("highest")),
        rows);
  }

  /** The groups that are served worse beyond chance. */
  public Table findings() {
    List<List<String>> rows = new ArrayList<>();
    for (Finding finding : result.findings()) {
      rows.add(
          List.of(
              finding.attribute() + ": " + finding.value(),
              Figures.count(finding.difference().n()),
              MetricWords.of(finding.metric()),
              shown(finding.difference()),
              Figures.pValue(finding.adjusted())));
    }
    return new Table(
        "Groups that are worse than all observations beyond chance.",
        List.of(
            Column.words("group"),
            Column.numbers("n"),
            Column.words("figure"),
            Column.numbers("difference"),
            Column.numbers("p (Holm)")),
        rows);
  }

  /** The attributes and pairs of attributes that have groups, in order. */
  public List<String> attributes() {
    return result.groups().stream().map(GroupResult::attribute).distinct().toList();
  }
}
