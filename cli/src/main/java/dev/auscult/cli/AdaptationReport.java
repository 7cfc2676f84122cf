package dev.auscult.cli;

import dev.auscult.adapt.Adaptation.EpochLoss;
import dev.auscult.adapt.ClassFigures;
import dev.auscult.adapt.ClassPredictions;
import dev.auscult.adapt.LabelledFeatures;
import dev.auscult.data.LabelMode;
import dev.auscult.metric.Estimate;
import dev.auscult.report.Block;
import dev.auscult.report.Charts;
import dev.auscult.report.Charts.Axes;
import dev.auscult.report.Charts.Curve;
import dev.auscult.report.Charts.Point;
import dev.auscult.report.CsvFile;
import dev.auscult.report.Figures;
import dev.auscult.report.RunReport;
import dev.auscult.report.Section;
import dev.auscult.report.SimpleReport;
import dev.auscult.report.Table;
import dev.auscult.report.Table.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What came of an adaptation, as tables and files.
 *
 * @param adaptation the run
 * @param run the result with its provenance
 */
record AdaptationReport(AdaptationRun adaptation, RunReport run) {
  static final String ADAPTER = "adapter.safetensors";
  static final String PREDICTIONS = "predictions.csv";
  static final String TRAINING = "training.csv";

  private static final Map<String, String> TITLES =
      Map.of(
          "accuracy", "accuracy",
          "balanced_accuracy", "balanced accuracy",
          "macro_recall", "macro recall",
          "macro_f1", "macro F1",
          "auroc", "mean AUROC");

  /** The result as scripts read it. */
  static Map<String, @Nullable Object> json(AdaptationRun adaptation) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("method", adaptation.saved().description().method().term());
    json.put("adapter", ADAPTER);
    json.put("labels_per_sample", adaptation.labels().mode().term());
    json.put("labels", adaptation.labels().hierarchy().names());
    json.put("chosen", adaptation.adaptation().chosen());
    json.put("training_samples", adaptation.split().train().size());
    json.put("validation_samples", adaptation.split().validation().size());
    json.put("test_samples", adaptation.split().test().size());
    json.put("skipped", adaptation.split().skipped().size());
    json.put("labels_without_training_samples", adaptation.task().withoutSamples());
    adaptation
        .figures()
        .forEach(
            (name, figures) -> {
              Map<String, @Nullable Object> values = new LinkedHashMap<>();
              figures.forEach((figure, estimate) -> values.put(figure, json(estimate)));
              String[] parts = name.split("\\.", 2);
              level(json, parts[0]).put(parts[1], values);
            });
    json.put("training_seconds", adaptation.seconds());
    return json;
  }

  @SuppressWarnings("unchecked") // put there by this method only
  private static Map<String, @Nullable Object> level(
      Map<String, @Nullable Object> json, String level) {
    Object made = json.computeIfAbsent(level, name -> new LinkedHashMap<String, Object>());
    return (Map<String, @Nullable Object>) Objects.requireNonNull(made);
  }

  private static Map<String, @Nullable Object> json(Estimate estimate) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("value", estimate.value());
    json.put("lo", estimate.lo());
    json.put("hi", estimate.hi());
    json.put("n", estimate.n());
    return json;
  }

  /** One row per level and figure. */
  Table figures() {
    List<List<String>> rows = new ArrayList<>();
    for (String level : List.of(AdaptationRun.COMBINATIONS, AdaptationRun.CLASSES)) {
      if (adaptation.figures().containsKey(level + ".adapted")) {
        for (String figure : ClassFigures.names()) {
          rows.add(
              List.of(
                  level.equals(AdaptationRun.CLASSES) ? "classes" : combinations(),
                  TITLES.getOrDefault(figure, figure),
                  Figures.interval(estimate(level + ".adapted", figure), 3),
                  Figures.interval(estimate(level + ".zero_shot", figure), 3)));
        }
      }
    }
    return new Table(
        "%s on %s, with 95%% intervals by patient."
            .formatted(title(), Figures.count(adaptation.split().test().size(), "test image")),
        List.of(
            Column.words("labels"),
            Column.words("figure"),
            Column.numbers(title()),
            Column.numbers("zero-shot")),
        rows);
  }

  private Estimate estimate(String scored, String figure) {
    return adaptation
        .figures()
        .getOrDefault(scored, Map.of())
        .getOrDefault(figure, Estimate.undefined());
  }

  private String combinations() {
    return adaptation.figures().size() > 2 ? "class and concept" : "labels";
  }

  private String title() {
    return adaptation.saved().description().method().title();
  }

  /**
   * Writes the adapter, {@code predictions.csv}, {@code training.csv}, {@code skipped.csv}, the
   * page and, last, {@code result.json}.
   */
  void write(Path folder) throws IOException {
    adaptation.saved().write(folder.resolve(ADAPTER));
    writePredictions(folder.resolve(PREDICTIONS));
    List<EpochLoss> curve = adaptation.adaptation().curve();
    CsvFile.write(
        folder.resolve(TRAINING),
        List.of("epoch", "loss"),
        curve.stream().map(point -> List.of(point.epoch(), point.loss())).iterator());
    SkippedFile.writeInto(folder, adaptation.split().skipped());
    new SimpleReport("Adaptation by " + title(), finding(), sections(), run).write(folder);
  }

  private void writePredictions(Path file) throws IOException {
    ClassPredictions adapted = adaptation.adapted();
    boolean exclusive = adapted.mode() == LabelMode.EXCLUSIVE;
    List<String> header = new ArrayList<>(List.of("id", "patient"));
    if (exclusive) {
      header.addAll(List.of("y_true", "predicted"));
    } else {
      adapted.names().forEach(name -> header.add("y_true." + name));
    }
    adapted.names().forEach(name -> header.add("score." + name));
    CsvFile.write(
        file,
        header,
        IntStream.range(0, adapted.samples().size())
            .mapToObj(sample -> row(adapted, sample, exclusive))
            .iterator());
  }

  private static List<Object> row(ClassPredictions adapted, int sample, boolean exclusive) {
    LabelledFeatures samples = adapted.samples();
    List<Integer> labels = samples.labels().get(sample);
    List<Object> row =
        new ArrayList<>(List.of(samples.ids().get(sample), samples.groups().get(sample)));
    if (exclusive) {
      row.add(adapted.names().get(labels.get(0)));
      row.add(adapted.names().get(adapted.called(sample).get(0)));
    } else {
      IntStream.range(0, adapted.names().size()).forEach(c -> row.add(labels.contains(c) ? 1 : 0));
    }
    for (double probability : adapted.probabilities(sample)) {
      row.add(probability);
    }
    return row;
  }

  private String finding() {
    return "Mean AUROC %s against %s zero-shot on %s of other patients than the %s trained on."
        .formatted(
            Figures.decimal(auroc("adapted"), 3),
            Figures.decimal(auroc("zero_shot"), 3),
            Figures.count(adaptation.split().test().size(), "test image"),
            Figures.count(adaptation.split().train().size()));
  }

  private double auroc(String what) {
    return estimate(AdaptationRun.COMBINATIONS + "." + what, "auroc").value();
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("Figures", Block.table("figures", figures())));
    sections.add(Section.of("By label", Block.table("labels", byLabel())));
    List<EpochLoss> curve = adaptation.adaptation().curve();
    List<Block> training = new ArrayList<>();
    if (!curve.isEmpty()) {
      List<Point> points =
          curve.stream().map(point -> new Point(point.epoch(), point.loss(), 0)).toList();
      training.add(
          Block.chart(
              Charts.curves(
                  "training",
                  new Axes("Training loss by epoch.", "epoch", "loss (natural log)", false),
                  List.of(new Curve("training", points))),
              "Mean loss of the updates of each epoch; training.csv holds the values."));
    }
    training.add(Block.points(trainingPoints()));
    sections.add(new Section("Training", training));
    sections.add(
        Section.of(
            "Use",
            Block.paragraph(
                "The adapter belongs to this model; it works with classify and, if it"
                    + " moves embeddings, with embed and audit:"),
            Block.code("auscult classify --model M --adapter " + ADAPTER + " --images PATH")));
    sections.add(
        Section.of(
            "Limits",
            Block.points(
                List.of(
                    "The intervals hold for patients like those of the test split, not for another"
                        + " hospital's.",
                    "One split and one seed: auscult study repeats over splits and compares"
                        + " methods."))));
    return sections;
  }

  private Table byLabel() {
    int[] train = frequencies(adaptation.split().train());
    int[] test = frequencies(adaptation.split().test());
    List<String> names = adaptation.adapted().names();
    List<List<String>> rows = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      rows.add(
          List.of(
              names.get(c),
              Figures.count(train[c]),
              Figures.count(test[c]),
              Figures.decimal(adaptation.adapted().auroc(c), 3),
              Figures.decimal(adaptation.zeroShot().auroc(c), 3)));
    }
    return new Table(
        "AUROC of each label against all others on the test split.",
        List.of(
            Column.words("label"),
            Column.numbers("training"),
            Column.numbers("test"),
            Column.numbers(title()),
            Column.numbers("zero-shot")),
        rows);
  }

  private int[] frequencies(LabelledFeatures samples) {
    int[] counts = new int[adaptation.labels().hierarchy().size()];
    samples.labels().forEach(of -> of.forEach(label -> counts[label]++));
    return counts;
  }

  private List<String> trainingPoints() {
    List<String> points = new ArrayList<>();
    points.add(
        "%s trained, %s validated, %s tested; no patient is in two of them."
            .formatted(
                Figures.count(adaptation.split().train().size(), "image"),
                Figures.count(adaptation.split().validation().size()),
                Figures.count(adaptation.split().test().size())));
    points.add("Training took %s s.".formatted(Figures.decimal(adaptation.seconds(), 2)));
    adaptation
        .saved()
        .description()
        .settings()
        .forEach((name, value) -> points.add(name + ": " + value));
    adaptation
        .adaptation()
        .chosen()
        .forEach(
            (name, value) -> points.add("chosen on the validation split, " + name + ": " + value));
    if (!adaptation.task().withoutSamples().isEmpty()) {
      points.add(
          "No training sample of: " + String.join(", ", adaptation.task().withoutSamples()) + ".");
    }
    return points;
  }
}
