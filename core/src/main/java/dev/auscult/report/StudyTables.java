package dev.auscult.report;

import dev.auscult.metric.ClassCounts;
import dev.auscult.report.Table.Column;
import dev.auscult.study.CellResult;
import dev.auscult.study.Spread;
import dev.auscult.study.StudyComparison.Corrected;
import dev.auscult.study.StudyLevel;
import dev.auscult.study.StudyMethod;
import dev.auscult.study.StudyMetric;
import dev.auscult.study.StudyResults;
import dev.auscult.study.StudyResults.ClassRow;
import dev.auscult.study.StudyTask;
import java.util.ArrayList;
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
    return new Table(
        caption.substring(0, 1).toUpperCase(Locale.ROOT) + caption.substring(1), columns, rows);
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

  /** Every comparison with the reference at a level. */
  Table comparisons(List<Corrected> comparisons, StudyLevel level) {
    List<List<String>> rows = new ArrayList<>();
    String reference = "";
    for (Corrected corrected : comparisons) {
      if (corrected.comparison().level() == level) {
        reference = corrected.comparison().reference().title();
        rows.add(
            List.of(
                corrected.comparison().method().title(),
                percent(corrected.comparison().fraction()),
                Figures.interval(corrected.comparison().difference()),
                Figures.pValue(corrected.patients()),
                Figures.pValue(corrected.splits())));
      }
    }
    return new Table(
        "Macro F1 at %s minus that of %s.".formatted(level.title(), reference),
        List.of(
            Column.words("method"),
            Column.numbers("training data"),
            Column.numbers("difference [95 %]"),
            Column.numbers("p, patients"),
            Column.numbers("p, splits")),
        rows);
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
