package dev.auscult.cli;

import dev.auscult.data.Sample;
import dev.auscult.fusion.FusionData;
import dev.auscult.fusion.FusionMethod;
import dev.auscult.fusion.FusionResult;
import dev.auscult.fusion.PairedFeatures;
import dev.auscult.fusion.ScoreAudit.SampleScore;
import dev.auscult.report.CsvFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The rows behind the figures: predictions that {@code auscult evaluate} reads, and each sample's
 * score divided.
 *
 * @param data whose test side was predicted
 * @param result the predictions
 */
record SketchesFiles(FusionData data, FusionResult result) {
  static final String PREDICTIONS = "predictions.csv";
  static final String MODALITY = "modality.csv";

  /** Writes {@code predictions.csv} of the fused classifier, one more file per method. */
  void write(Path folder) throws IOException {
    predictions(folder.resolve(PREDICTIONS), result.fused());
    for (FusionMethod method : FusionMethod.values()) {
      predictions(folder.resolve("predictions-%s.csv".formatted(method.term())), method);
    }
    modality(folder.resolve(MODALITY));
  }

  private void predictions(Path file, FusionMethod method) throws IOException {
    boolean binary = data.outcomes().size() == 2;
    SortedSet<String> attributes = new TreeSet<>();
    data.test().samples().forEach(sample -> attributes.addAll(sample.attributes().keySet()));
    List<String> header = new ArrayList<>(List.of("id", "patient", "y_true"));
    if (binary) {
      header.add("score");
    } else {
      data.outcomes().forEach(outcome -> header.add("score." + outcome));
    }
    attributes.forEach(attribute -> header.add("group." + attribute));
    CsvFile.write(
        file,
        header,
        IntStream.range(0, data.test().size())
            .mapToObj(row -> row(method, row, binary, attributes))
            .iterator());
  }

  private List<Object> row(
      FusionMethod method, int row, boolean binary, SortedSet<String> attributes) {
    PairedFeatures test = data.test();
    Sample sample = test.samples().get(row);
    int outcome = test.outcomes().get(row);
    List<Object> fields = new ArrayList<>(List.of(sample.id(), test.patients().get(row)));
    List<Double> probabilities = result.probabilities(method, row);
    if (binary) {
      fields.add(outcome);
      fields.add(probabilities.get(1));
    } else {
      fields.add(data.outcomes().get(outcome));
      fields.addAll(probabilities);
    }
    attributes.forEach(attribute -> fields.add(sample.attributes().getOrDefault(attribute, "")));
    return fields;
  }

  private void modality(Path file) throws IOException {
    CsvFile.write(
        file,
        List.of("id", "called", "score", "text", "image", "synergy", "tscore"),
        result.audit().samples().stream().map(this::fields).iterator());
  }

  private List<Object> fields(SampleScore sample) {
    return List.of(
        sample.id(),
        data.outcomes().get(sample.called()),
        sample.score(),
        sample.text(),
        sample.image(),
        sample.synergy(),
        sample.textShare());
  }
}
