package dev.auscult.cli;

import dev.auscult.data.Dataset.Skipped;
import dev.auscult.report.Block;
import dev.auscult.report.CsvFile;
import dev.auscult.report.Figures;
import dev.auscult.report.RunReport;
import dev.auscult.report.Section;
import dev.auscult.report.SimpleReport;
import dev.auscult.report.Table;
import dev.auscult.report.Table.Column;
import dev.auscult.zeroshot.Prediction;
import dev.auscult.zeroshot.Prediction.ClassScore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code classify} found, as tables and files.
 *
 * @param decision how an image gets its classes
 * @param classes in the order given
 * @param predictions one per image that could be read
 * @param skipped images that could not
 * @param report the result with its provenance
 */
record Classification(
    Decision decision,
    List<String> classes,
    List<Prediction> predictions,
    List<Skipped> skipped,
    RunReport report) {
  /** How an image gets its classes. */
  enum Decision {
    /** Classes compete. */
    AMONG_CLASSES(
        "The probabilities compare the given classes only: an image that shows none of them still"
            + " gets probabilities that sum to one."),
    /** Every class is there or not. */
    EACH_ALONE(
        "Every class is decided by itself, present against absent: an image may show several of"
            + " them, or none.");

    private final String limit;

    Decision(String limit) {
      this.limit = limit;
    }
  }

  /** From this probability on, a class that is decided by itself is called present. */
  private static final double PRESENT = 0.5;

  private static final int SHOWN_ON_PAGE = 1000;
  private static final String NOT_CALIBRATED =
      "Probabilities are not calibrated, and they change with the wording of classes and templates:"
          + " auscult prompts measures how much.";

  /** The result as scripts read it. */
  static Map<String, @Nullable Object> figures(
      Decision decision,
      List<String> classes,
      List<Prediction> predictions,
      List<Skipped> skipped) {
    Map<String, @Nullable Object> figures = new LinkedHashMap<>();
    figures.put("n", predictions.size());
    figures.put("skipped", skipped.size());
    figures.put("predicted", counts(classes, predictions));
    if (decision == Decision.EACH_ALONE) {
      figures.put("present", present(classes, predictions));
    }
    figures.put("predictions", predictions.stream().map(Classification::json).toList());
    return figures;
  }

  private static Map<String, @Nullable Object> json(Prediction prediction) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", prediction.id());
    json.put("predicted", prediction.first().label());
    Map<String, @Nullable Object> probabilities = new LinkedHashMap<>();
    prediction.ranked().forEach(score -> probabilities.put(score.label(), score.probability()));
    json.put("probabilities", probabilities);
    return json;
  }

  private static Map<String, Integer> counts(List<String> classes, List<Prediction> predictions) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    classes.forEach(name -> counts.put(name, 0));
    predictions.forEach(prediction -> counts.merge(prediction.first().label(), 1, Integer::sum));
    return counts;
  }

  /** How many images each class is called present in. */
  private static Map<String, Integer> present(List<String> classes, List<Prediction> predictions) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    classes.forEach(name -> counts.put(name, 0));
    predictions.stream()
        .flatMap(prediction -> prediction.ranked().stream())
        .filter(score -> score.probability() >= PRESENT)
        .forEach(score -> counts.merge(score.label(), 1, Integer::sum));
    return counts;
  }

  /** One row per image with its {@code top} most probable classes. */
  Table table(int top) {
    return table(predictions, Math.max(1, Math.min(top, classes.size())));
  }

  private static Table table(List<Prediction> predictions, int top) {
    List<Column> columns = new ArrayList<>(List.of(Column.words("image")));
    for (int k = 1; k <= top; k++) {
      columns.add(Column.words(k == 1 ? "class" : k + "."));
      columns.add(Column.numbers("p"));
    }
    List<List<String>> rows = new ArrayList<>();
    for (Prediction prediction : predictions) {
      List<String> row = new ArrayList<>(List.of(prediction.id()));
      for (ClassScore score : prediction.top(top)) {
        row.add(score.label());
        row.add(Figures.decimal(score.probability(), 3));
      }
      rows.add(row);
    }
    return new Table("The most probable classes of each image.", columns, rows);
  }

  /** Writes {@code predictions.csv}, {@code skipped.csv}, {@code result.json}, the page. */
  void write(Path folder) throws IOException {
    writePredictions(folder.resolve("predictions.csv"));
    SkippedFile.writeInto(folder, skipped);
    new SimpleReport("Zero-shot classification", finding(), sections(), report).write(folder);
  }

  private void writePredictions(Path file) throws IOException {
    List<String> header = new ArrayList<>(List.of("id", "predicted"));
    classes.forEach(name -> header.add("score." + name));
    CsvFile.write(file, header, predictions.stream().map(this::row).iterator());
  }

  private List<Object> row(Prediction prediction) {
    Map<String, Double> probabilities =
        prediction.ranked().stream()
            .collect(Collectors.toMap(ClassScore::label, ClassScore::probability));
    List<Object> row = new ArrayList<>(List.of(prediction.id(), prediction.first().label()));
    classes.forEach(name -> row.add(probabilities.get(name)));
    return row;
  }

  private String finding() {
    Map.Entry<String, Integer> most =
        Collections.max(counts(classes, predictions).entrySet(), Map.Entry.comparingByValue());
    return "%s; most often %s (%s)."
        .formatted(
            Figures.count(predictions.size(), "image"),
            most.getKey(),
            Figures.count(most.getValue()));
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("Classes", Block.table(countTable())));
    List<Prediction> shown = predictions.subList(0, Math.min(SHOWN_ON_PAGE, predictions.size()));
    sections.add(
        Section.of(
            "Predictions",
            Block.paragraph(
                "%s of %s; predictions.csv holds every probability of every image."
                    .formatted(
                        Figures.count(shown.size()), Figures.count(predictions.size(), "image"))),
            Block.table(table(shown, Math.min(3, classes.size())))));
    if (!skipped.isEmpty()) {
      sections.add(
          Section.of(
              "Skipped images",
              Block.paragraph(
                  "%s could not be read; skipped.csv says why."
                      .formatted(Figures.count(skipped.size())))));
    }
    sections.add(Section.of("Limits", Block.points(List.of(decision.limit, NOT_CALIBRATED))));
    return sections;
  }

  private Table countTable() {
    Map<String, Integer> first = counts(classes, predictions);
    Map<String, Integer> present = present(classes, predictions);
    boolean alone = decision == Decision.EACH_ALONE;
    List<Column> columns =
        new ArrayList<>(List.of(Column.words("class"), Column.numbers("most probable")));
    if (alone) {
      columns.add(Column.numbers("p of at least 0.5"));
    }
    List<List<String>> rows = new ArrayList<>();
    for (String name : classes) {
      List<String> row = new ArrayList<>(List.of(name, Figures.count(first.getOrDefault(name, 0))));
      if (alone) {
        row.add(Figures.count(present.getOrDefault(name, 0)));
      }
      rows.add(row);
    }
    return new Table(
        alone
            ? "In how many images each class is the most probable, and in how many it is present."
            : "How often each class is the most probable.",
        columns,
        rows);
  }
}
