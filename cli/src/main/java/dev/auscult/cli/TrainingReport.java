package dev.auscult.cli;

import dev.auscult.data.Dataset.Skipped;
import dev.auscult.pretrain.EpochRow;
import dev.auscult.pretrain.EpochRow.Measures;
import dev.auscult.pretrain.PretrainResult;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What came of a training, as tables and files.
 *
 * @param result the training
 * @param report the result with its provenance
 */
record TrainingReport(PretrainResult result, RunReport report) {

  /** The result as scripts read it. */
  static Map<String, @Nullable Object> figures(PretrainResult result) {
    Map<String, @Nullable Object> figures = new LinkedHashMap<>();
    figures.put("best", result.best().getFileName());
    figures.put("last", result.last().getFileName());
    figures.put("best_epoch", result.bestEpoch());
    figures.put("parameters", result.parameters());
    figures.put("training_samples", result.trainingSamples());
    figures.put("validation_samples", result.validationSamples());
    figures.put("held_out", result.heldOut());
    figures.put("images", result.images());
    figures.put("skipped", result.skipped().size());
    figures.put("curves", result.curves().stream().map(TrainingReport::json).toList());
    figures.put("seconds", result.seconds());
    return figures;
  }

  private static Map<String, @Nullable Object> json(EpochRow row) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("epoch", row.epoch());
    json.put("step", row.step());
    json.put("images", row.images());
    json.put("learning_rate", row.learningRate());
    json.put("logit_scale", row.logitScale());
    json.put("train_loss", row.trainLoss());
    row.validation()
        .ifPresent(
            found -> {
              json.put("validation_loss", found.loss());
              json.put("zero_shot_accuracy", found.zeroShot());
              json.put("recall_at_1", found.recallAt1());
              json.put("recall_at_5", found.recallAt5());
              json.put("answer_accuracy", found.answers());
            });
    return json;
  }

  /** One row per epoch. */
  Table table() {
    return new Table(
        "Loss and validation by epoch; the best checkpoint is that of epoch %d."
            .formatted(result.bestEpoch()),
        List.of(
            Column.numbers("epoch"),
            Column.numbers("images"),
            Column.numbers("logit scale"),
            Column.numbers("loss"),
            Column.numbers("validation loss"),
            Column.numbers("zero-shot"),
            Column.numbers("recall@1"),
            Column.numbers("recall@5"),
            Column.numbers("answers")),
        result.curves().stream().map(TrainingReport::cells).toList());
  }

  private static List<String> cells(EpochRow row) {
    Function<Function<Measures, OptionalDouble>, Double> measured =
        measure -> row.validation().map(measure).orElse(OptionalDouble.empty()).orElse(Double.NaN);
    return List.of(
        Integer.toString(row.epoch()),
        Figures.count(row.images()),
        Figures.decimal(row.logitScale(), 1),
        Figures.decimal(row.trainLoss(), 4),
        Figures.decimal(measured.apply(found -> OptionalDouble.of(found.loss())), 4),
        Figures.percent(measured.apply(Measures::zeroShot)),
        Figures.percent(measured.apply(Measures::recallAt1)),
        Figures.percent(measured.apply(Measures::recallAt5)),
        Figures.percent(measured.apply(Measures::answers)));
  }

  /** Writes {@code training.csv}, {@code skipped.csv}, {@code result.json} and the page. */
  void write(Path folder) throws IOException {
    CsvFile.write(
        folder.resolve("training.csv"),
        EpochRow.columns(),
        result.curves().stream().map(EpochRow::cells).iterator());
    SkippedFile.writeInto(
        folder,
        result.skipped().stream().map(entry -> new Skipped(entry.id(), entry.reason())).toList());
    new SimpleReport("Contrastive pre-training", finding(), sections(), report).write(folder);
  }

  private String finding() {
    EpochRow first = result.curves().get(0);
    EpochRow last = result.curves().get(result.curves().size() - 1);
    return "The loss went from %s to %s over %s images; %s parameters."
        .formatted(
            Figures.decimal(first.trainLoss(), 3),
            Figures.decimal(last.trainLoss(), 3),
            Figures.count(result.images()),
            Figures.count(result.parameters()));
  }

  private List<Section> sections() {
    return List.of(
        Section.of(
            "Training",
            Block.chart(
                Charts.curves(
                    "loss",
                    new Axes("Loss by epoch.", "epoch", "loss (natural log)", false),
                    List.of(
                        curve("training", row -> Optional.of(row.trainLoss())),
                        curve("validation", row -> row.validation().map(Measures::loss)))),
                "Mean loss of the updates of each epoch, and of the validation samples."),
            Block.table(table())),
        Section.of("Data", Block.points(data())));
  }

  private Curve curve(String name, Function<EpochRow, Optional<Double>> value) {
    return new Curve(
        name,
        result.curves().stream()
            .flatMap(row -> value.apply(row).map(y -> new Point(row.epoch(), y, 0)).stream())
            .toList());
  }

  private List<String> data() {
    return List.of(
        Figures.count(result.trainingSamples()) + " samples were trained on.",
        Figures.count(result.validationSamples()) + " samples of other patients validated.",
        Figures.count(result.heldOut()) + " belong to test splits and were not touched.",
        Figures.count(result.skipped().size()) + " were left out; skipped.csv says why.");
  }
}
