package dev.auscult.report;

import dev.auscult.adapt.ClassPredictions;
import dev.auscult.study.CellResult;
import dev.auscult.study.Spread;
import dev.auscult.study.StudyComparison;
import dev.auscult.study.StudyComparison.Corrected;
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
  private final Path folder;

  StudyFiles(StudyResults results, Path folder) {
    this.results = results;
    this.folder = folder;
  }

  /** Writes all files. */
  void write(List<Corrected> comparisons) throws IOException {
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
            "fraction",
            "method",
            "reference",
            "difference",
            "lo",
            "hi",
            "p_patients",
            "p_patients_holm",
            "p_splits",
            "p_splits_holm"),
        comparisons.stream().map(StudyFiles::row).iterator());
    CsvFile.write(
        folder.resolve("fits.csv"),
        List.of("task", "method", "fraction", "split", "fitted", "validated", "chosen", "seconds"),
        results.cells().stream().map(StudyFiles::row).iterator());
    for (StudyTask task : results.data().tasks()) {
      predictions(task);
    }
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

  private static List<Object> row(Corrected corrected) {
    StudyComparison comparison = corrected.comparison();
    return List.of(
        comparison.level().term(),
        comparison.fraction(),
        comparison.method().term(),
        comparison.reference().term(),
        comparison.difference().value(),
        comparison.difference().lo(),
        comparison.difference().hi(),
        comparison.patients(),
        corrected.patients(),
        comparison.splits(),
        corrected.splits());
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
        result.seconds());
  }

  private void predictions(StudyTask task) throws IOException {
    List<String> header =
        new ArrayList<>(List.of("method", "fraction", "split", "id", "patient", "truth", "called"));
    task.hierarchy().names().forEach(name -> header.add("score." + name));
    List<List<Object>> rows = new ArrayList<>();
    for (CellResult result : results.cells()) {
      if (result.cell().task().equals(task.name())) {
        ClassPredictions predictions = results.predictions(result);
        for (int i = 0; i < predictions.samples().size(); i++) {
          rows.add(row(result, predictions, i));
        }
      }
    }
    String name = task.name().replaceAll("[^A-Za-z0-9_.-]", "_");
    CsvFile.write(folder.resolve("predictions-" + name + ".csv"), header, rows.iterator());
  }

  private static List<Object> row(CellResult result, ClassPredictions predictions, int sample) {
    List<Object> row =
        new ArrayList<>(
            List.of(
                result.cell().method().term(),
                result.cell().fraction(),
                result.cell().repetition(),
                predictions.samples().ids().get(sample),
                predictions.samples().groups().get(sample),
                names(predictions, predictions.labels().get(sample)),
                names(predictions, predictions.called(sample))));
    for (double probability : predictions.probabilities(sample)) {
      row.add(probability);
    }
    return row;
  }

  private static String names(ClassPredictions predictions, List<Integer> classes) {
    return classes.stream().map(predictions.names()::get).collect(Collectors.joining("; "));
  }
}
