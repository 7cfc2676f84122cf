package dev.auscult.report;

import dev.auscult.study.CellResult;
import dev.auscult.study.ClassAuroc;
import dev.auscult.study.Spread;
import dev.auscult.study.StudyComparison;
import dev.auscult.study.StudyComparisons;
import dev.auscult.study.StudyLevel;
import dev.auscult.study.StudyMethod;
import dev.auscult.study.StudyMetric;
import dev.auscult.study.StudyResults;
import dev.auscult.study.StudyResults.ClassRow;
import dev.auscult.study.StudyTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The rows behind the figures of a study, as CSV. */
final class StudyFiles {
  private final StudyResults results;
  private final List<ClassAuroc> aurocs;
  private final Path folder;

  StudyFiles(StudyResults results, List<ClassAuroc> aurocs, Path folder) {
    this.results = results;
    this.aurocs = aurocs;
    this.folder = folder;
  }

  /** Writes all files. */
  void write(StudyComparisons comparisons) throws IOException {
    CsvFile.write(
        folder.resolve("figures.csv"),
        List.of("level", "method", "fraction", "split", "metric", "value"),
        figures().iterator());
    CsvFile.write(
        folder.resolve("summary.csv"),
        List.of("level", "method", "fraction", "metric", "mean", "sd", "splits"),
        summary().iterator());
    CsvFile.write(
        folder.resolve("classes.csv"),
        List.of(
            "task", "level", "method", "fraction", "class", "positives", "recall", "f1", "auroc"),
        classes().iterator());
    CsvFile.write(
        folder.resolve("comparisons.csv"),
        List.of(
            "level",
            "metric",
            "fraction",
            "method",
            "other",
            "difference",
            "lo",
            "hi",
            "p",
            "p_holm",
            "p_nadeau_bengio"),
        comparisons.pairs().stream().map(StudyFiles::row).iterator());
    CsvFile.write(
        folder.resolve("auroc.csv"),
        List.of(
            "task",
            "level",
            "fraction",
            "class",
            "method",
            "reference",
            "positives",
            "auroc",
            "auroc_reference",
            "difference",
            "lo",
            "hi",
            "p_delong",
            "p_holm"),
        aurocs.stream().map(StudyFiles::row).iterator());
    CsvFile.write(
        folder.resolve("fits.csv"),
        List.of(
            "task",
            "method",
            "fraction",
            "split",
            "fitted",
            "validated",
            "chosen",
            "threshold",
            "seconds"),
        results.cells().stream().map(StudyFiles::row).iterator());
  }

  private List<List<Object>> figures() {
    List<List<Object>> rows = new ArrayList<>();
    forEachSpread(
        (level, method, fraction, metric, spread) -> {
          for (int r = 0; r < spread.values().size(); r++) {
            rows.add(
                List.of(
                    level.term(),
                    method.term(),
                    fraction,
                    results.repetitions().get(r),
                    metric.term(),
                    spread.values().get(r)));
          }
        });
    return rows;
  }

  private List<List<Object>> summary() {
    List<List<Object>> rows = new ArrayList<>();
    forEachSpread(
        (level, method, fraction, metric, spread) ->
            rows.add(
                List.of(
                    level.term(),
                    method.term(),
                    fraction,
                    metric.term(),
                    spread.mean(),
                    spread.sd(),
                    spread.values().size())));
    return rows;
  }

  /** Takes a figure. */
  @FunctionalInterface
  private interface EachSpread {
    void accept(
        StudyLevel level, StudyMethod method, double fraction, StudyMetric metric, Spread spread);
  }

  private void forEachSpread(EachSpread taker) {
    for (StudyLevel level : StudyLevel.values()) {
      for (StudyMethod method : results.methods()) {
        for (double fraction : results.fractions()) {
          for (StudyMetric metric : StudyMetric.values()) {
            taker.accept(
                level, method, fraction, metric, results.spread(level, method, fraction, metric));
          }
        }
      }
    }
  }

  private List<List<Object>> classes() {
    List<List<Object>> rows = new ArrayList<>();
    for (StudyTask task : results.data().tasks()) {
      for (StudyLevel level : StudyLevel.values()) {
        for (StudyMethod method : results.methods()) {
          for (double fraction : results.fractions()) {
            for (ClassRow row : results.classes(task, level, method, fraction)) {
              rows.add(
                  List.of(
                      task.name(),
                      level.term(),
                      method.term(),
                      fraction,
                      row.name(),
                      row.positives(),
                      row.recall(),
                      row.f1(),
                      row.auroc()));
            }
          }
        }
      }
    }
    return rows;
  }

  private static List<Object> row(StudyComparison pair) {
    return List.of(
        pair.level().term(),
        pair.metric().term(),
        pair.fractions().size() == 1 ? pair.fractions().get(0).toString() : "all",
        pair.method().term(),
        pair.other().term(),
        pair.difference().value(),
        pair.difference().lo(),
        pair.difference().hi(),
        pair.found().p(),
        pair.holm(),
        pair.nadeauBengio());
  }

  private static List<Object> row(ClassAuroc auroc) {
    return List.of(
        auroc.task(),
        auroc.level().term(),
        auroc.fraction(),
        auroc.name(),
        auroc.method().term(),
        auroc.reference().term(),
        auroc.positives(),
        auroc.found().first().value(),
        auroc.found().second().value(),
        auroc.found().difference().value(),
        auroc.found().difference().lo(),
        auroc.found().difference().hi(),
        auroc.found().p(),
        auroc.holm());
  }

  private static List<Object> row(CellResult result) {
    return List.of(
        result.cell().task(),
        result.cell().method().term(),
        result.cell().fraction(),
        result.cell().repetition(),
        result.fitted(),
        result.validated(),
        result.chosen().entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" ")),
        (double) result.threshold(),
        result.seconds());
  }
}
