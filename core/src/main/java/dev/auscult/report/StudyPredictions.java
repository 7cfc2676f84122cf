package dev.auscult.report;

import dev.auscult.adapt.ClassPredictions;
import dev.auscult.data.LabelMode;
import dev.auscult.study.CellResult;
import dev.auscult.study.StudyCell;
import dev.auscult.study.StudyResults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What every fit of a study makes of the test samples, a file each, as {@code evaluate} reads it:
 * {@code id}, {@code patient}, truth and probability of each class-concept combination, and {@code
 * group.*} for what is known of the samples besides. {@code called}, which {@code evaluate} leaves
 * alone, holds the calls of the study, made with the fit's own threshold.
 */
final class StudyPredictions {
  /** An attribute of more values, as the number of an examination, forms no groups. */
  private static final int MOST_VALUES = 50;

  private final StudyResults results;
  private final Path folder;
  private final List<String> attributes;

  StudyPredictions(StudyResults results, Path folder) {
    this.results = results;
    this.folder = folder;
    this.attributes = grouping(results.data().attributes().values());
  }

  /** Those attributes of samples that form groups; ages do, since {@code evaluate} bands them. */
  static List<String> grouping(Collection<Map<String, String>> samples) {
    Map<String, Set<String>> values = new TreeMap<>();
    samples.forEach(
        sample ->
            sample.forEach(
                (name, value) -> values.computeIfAbsent(name, n -> new HashSet<>()).add(value)));
    return values.entrySet().stream()
        .filter(one -> one.getKey().equals("age") || one.getValue().size() <= MOST_VALUES)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The file of a fit, below the study's folder. */
  static Path file(Path folder, StudyCell cell) {
    return folder.resolve("predictions").resolve(cell.path() + ".csv");
  }

  /** Writes all files. */
  void write() throws IOException {
    for (CellResult result : results.cells()) {
      Path file = file(folder, result.cell());
      Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
      ClassPredictions predictions = results.predictions(result);
      ClassPredictions calls = results.calls(result);
      List<List<Object>> rows = new ArrayList<>();
      for (int i = 0; i < predictions.samples().size(); i++) {
        rows.add(row(predictions, calls, i));
      }
      CsvFile.write(file, header(predictions), rows.iterator());
    }
  }

  private List<String> header(ClassPredictions predictions) {
    List<String> header = new ArrayList<>(List.of("id", "patient"));
    if (predictions.mode() == LabelMode.EXCLUSIVE) {
      header.add("y_true");
    } else {
      predictions.names().forEach(name -> header.add("y_true." + name));
    }
    predictions.names().forEach(name -> header.add("score." + name));
    attributes.forEach(name -> header.add("group." + name));
    header.add("called");
    return header;
  }

  private List<Object> row(ClassPredictions predictions, ClassPredictions calls, int sample) {
    String id = predictions.samples().ids().get(sample);
    List<Integer> truth = predictions.labels().get(sample);
    List<Object> row = new ArrayList<>(List.of(id, predictions.samples().groups().get(sample)));
    if (predictions.mode() == LabelMode.EXCLUSIVE) {
      row.add(predictions.names().get(truth.get(0)));
    } else {
      for (int c = 0; c < predictions.names().size(); c++) {
        row.add(truth.contains(c) ? 1 : 0);
      }
    }
    for (double probability : predictions.probabilities(sample)) {
      row.add(probability);
    }
    Map<String, String> known = results.data().attributes().getOrDefault(id, Map.of());
    attributes.forEach(name -> row.add(known.getOrDefault(name, "")));
    row.add(
        calls.called(sample).stream()
            .map(predictions.names()::get)
            .collect(Collectors.joining("; ")));
    return row;
  }
}
