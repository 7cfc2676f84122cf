package dev.auscult.report;

import dev.auscult.evaluation.Gap;
import dev.auscult.metric.ClassCounts;
import dev.auscult.report.Table.Column;
import dev.auscult.study.CellResult;
import dev.auscult.study.ClassAuroc;
import dev.auscult.study.ClassCalibration;
import dev.auscult.study.Spread;
import dev.auscult.study.StudyComparison;
import dev.auscult.study.StudyComparisons;
import dev.auscult.study.StudyLevel;
import dev.auscult.study.StudyMethod;
import dev.auscult.study.StudyMetric;
import dev.auscult.study.StudyResults;
import dev.auscult.study.StudyResults.ClassRow;
import dev.auscult.study.StudyTask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The tables of a study. */
public final class StudyTables {
  private final StudyResults results;

  /** The tables of these results. */
  public StudyTables(StudyResults results) {
    this.results = results;
  }

  /** A share in percent without needless zeros. */
  static String percent(double fraction) {
    return String.format(Locale.ROOT, "%s %%", Math.round(1000 * fraction) / 10.0)
        .replace(".0 %", " %");
  }

  /** Mean and standard deviation of a figure by method and share of the training data. */
  public Table figures(StudyLevel level, StudyMetric metric) {
    List<Column> columns = new ArrayList<>(List.of(Column.words("method")));
    results.fractions().forEach(fraction -> columns.add(Column.numbers(percent(fraction))));
    List<List<String>> rows = new ArrayList<>();
    for (StudyMethod method : results.methods()) {
      List<String> row = new ArrayList<>(List.of(method.title()));
      for (double fraction : results.fractions()) {
        row.add(meanAndSd(results.spread(level, method, fraction, metric)));
      }
      rows.add(row);
    }
    String caption =
        "%s at %s by share of the training data: mean ± SD over %d splits."
            .formatted(metric.title(), level.title(), results.repetitions().size());
    return new Table(capital(caption), columns, rows);
  }

  private static String meanAndSd(Spread spread) {
    String mean = Figures.decimal(spread.mean(), 3);
    return Double.isFinite(spread.sd()) ? mean + " ± " + Figures.decimal(spread.sd(), 3) : mean;
  }

  /** F1 of each class by method with all training data. */
  Table classes(StudyTask task, StudyLevel level) {
    double most = results.fractions().get(results.fractions().size() - 1);
    List<Column> columns =
        new ArrayList<>(List.of(Column.words("class"), Column.numbers("test images")));
    List<List<ClassRow>> ofMethod = new ArrayList<>();
    for (StudyMethod method : results.methods()) {
      columns.add(Column.numbers(method.title()));
      ofMethod.add(results.classes(task, level, method, most));
    }
    List<List<String>> rows = new ArrayList<>();
    for (int c = 0; c < ofMethod.get(0).size(); c++) {
      ClassRow first = ofMethod.get(0).get(c);
      List<String> row = new ArrayList<>(List.of(first.name(), Figures.count(first.positives())));
      for (List<ClassRow> method : ofMethod) {
        row.add(
            first.positives() == 0 ? Figures.UNDEFINED : Figures.decimal(method.get(c).f1(), 2));
      }
      rows.add(row);
    }
    return new Table(
        "%s: F1 of each at %s with %s of the training data, mean over the splits."
            .formatted(task.name(), level.title(), percent(most)),
        columns,
        rows);
  }

  /** Calls of one method with all training data, first split. */
  Table confusion(StudyTask task, StudyLevel level, StudyMethod method) {
    double most = results.fractions().get(results.fractions().size() - 1);
    List<List<String>> rows = new ArrayList<>();
    for (ClassRow row : results.classes(task, level, method, most)) {
      ClassCounts calls = row.calls();
      rows.add(
          List.of(
              row.name(),
              Figures.count(calls.truePositives()),
              Figures.count(calls.falseNegatives()),
              Figures.count(calls.falsePositives()),
              Figures.count(calls.trueNegatives())));
    }
    return new Table(
        "%s: what %s calls the test images at %s, trained on %s, first split."
            .formatted(task.name(), method.title(), level.title(), percent(most)),
        List.of(
            Column.words("class"),
            Column.numbers("found"),
            Column.numbers("missed"),
            Column.numbers("called wrongly"),
            Column.numbers("rightly not called")),
        rows);
  }

  /**
   * A figure of one method beside all others, at every share and over all.
   *
   * @param method whose differences to the others are shown
   */
  Table comparisons(
      StudyComparisons comparisons, StudyLevel level, StudyMetric metric, StudyMethod method) {
    List<List<Double>> shares = new ArrayList<>();
    results.fractions().forEach(fraction -> shares.add(List.of(fraction)));
    if (shares.size() > 1) {
      shares.add(results.fractions());
    }
    List<List<String>> rows = new ArrayList<>();
    for (StudyMethod other : results.methods()) {
      for (List<Double> fractions : shares) {
        if (other != method) {
          StudyComparison pair = comparisons.between(level, metric, fractions, method, other);
          rows.add(
              List.of(
                  other.title(),
                  fractions.size() == 1 ? percent(fractions.get(0)) : "mean of all",
                  Figures.interval(pair.difference()),
                  Figures.pValue(pair.holm()),
                  Figures.pValue(pair.nadeauBengio())));
        }
      }
    }
    return new Table(
        "%s of %s at %s minus that of each other method."
            .formatted(capital(metric.title()), method.title(), level.title()),
        List.of(
            Column.words("other method"),
            Column.numbers("training data"),
            Column.numbers("difference [95 %]"),
            Column.numbers("p (Holm)"),
            Column.numbers("p, Nadeau-Bengio")),
        rows);
  }

  /** The AUROC of each class by one method beside the reference's. */
  Table aurocs(List<ClassAuroc> aurocs, StudyTask task, StudyMethod method) {
    List<List<String>> rows = new ArrayList<>();
    String reference = "";
    for (ClassAuroc auroc : aurocs) {
      if (auroc.task().equals(task.name())
          && auroc.level() == StudyLevel.COMBINATION
          && auroc.method() == method) {
        reference = auroc.reference().title();
        rows.add(
            List.of(
                auroc.name(),
                Figures.count(auroc.positives()),
                Figures.decimal(auroc.found().first().value(), 3),
                Figures.decimal(auroc.found().second().value(), 3),
                Figures.interval(auroc.found().difference()),
                Figures.pValue(auroc.holm())));
      }
    }
    return new Table(
        "%s: AUROC of each class-concept combination, %s with %s, all training data."
            .formatted(task.name(), method.title(), reference),
        List.of(
            Column.words("combination"),
            Column.numbers("test images"),
            Column.numbers(method.title()),
            Column.numbers(reference),
            Column.numbers("difference [95 %]"),
            Column.numbers("p, DeLong (Holm)")),
        rows);
  }

  /** The expected calibration error of each combination by method, with all training data. */
  Table calibration(List<ClassCalibration> calibrations, StudyTask task) {
    List<Column> columns = new ArrayList<>(List.of(Column.words("combination")));
    List<ClassCalibration> own =
        calibrations.stream().filter(one -> one.task().name().equals(task.name())).toList();
    own.forEach(one -> columns.add(Column.numbers(one.method().title())));
    List<List<String>> rows = new ArrayList<>();
    for (int c = 0; c < task.prior().size(); c++) {
      List<String> row = new ArrayList<>(List.of(task.prior().combinations().get(c).name()));
      for (ClassCalibration one : own) {
        row.add(Figures.decimal(one.ece().get(c), 3));
      }
      rows.add(row);
    }
    return new Table(
        ("%s: expected calibration error of each class-concept combination against the rest with"
                + " all training data (ten bins, mean over the splits).")
            .formatted(task.name()),
        columns,
        rows);
  }

  /** How far groups are apart, by method. */
  Table gaps(List<StudyQuality> qualities, StudyTask task) {
    List<List<String>> rows = new ArrayList<>();
    for (StudyQuality quality : qualities) {
      if (quality.task().name().equals(task.name())) {
        for (Gap gap : quality.gaps()) {
          rows.add(
              List.of(
                  gap.attribute(),
                  MetricWords.of(gap.metric()),
                  quality.method().title(),
                  Figures.interval(gap.size()),
                  gap.lowest(),
                  gap.highest()));
        }
      }
    }
    rows.sort(Comparator.comparing(row -> row.get(0) + row.get(1)));
    return new Table(
        "%s: largest minus smallest figure among the groups of an attribute, all training data."
            .formatted(task.name()),
        List.of(
            Column.words("attribute"),
            Column.words("figure"),
            Column.words("method"),
            Column.numbers("gap [95 %]"),
            Column.words("lowest"),
            Column.words("highest")),
        rows);
  }

  private static String capital(String title) {
    return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
  }

  /** How long fits took. */
  Table timings() {
    List<List<String>> rows = new ArrayList<>();
    for (StudyMethod method : results.methods()) {
      double[] seconds =
          results.cells().stream()
              .filter(result -> result.cell().method() == method)
              .mapToDouble(CellResult::seconds)
              .sorted()
              .toArray();
      double sum = 0;
      for (double one : seconds) {
        sum += one;
      }
      rows.add(
          List.of(
              method.title(),
              Figures.count(seconds.length),
              Figures.decimal(seconds[seconds.length / 2], 2),
              Figures.decimal(seconds[seconds.length - 1], 2),
              Figures.decimal(sum, 1)));
    }
    return new Table(
        "Seconds per fit, one thread each.",
        List.of(
            Column.words("method"),
            Column.numbers("fits"),
            Column.numbers("median"),
            Column.numbers("longest"),
            Column.numbers("all")),
        rows);
  }
}
