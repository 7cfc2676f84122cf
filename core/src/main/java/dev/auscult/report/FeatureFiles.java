package dev.auscult.report;

import dev.auscult.features.DataDescription.MappedImage;
import dev.auscult.features.DataFeatures;
import dev.auscult.features.FeatureComparison;
import dev.auscult.features.FeatureFigure;
import dev.auscult.features.FeatureResult;
import dev.auscult.features.ModelFeatures;
import dev.auscult.metric.Estimate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The numbers behind a feature study's tables and pictures as CSV. */
final class FeatureFiles {
  private final FeatureResult result;
  private final Path folder;

  FeatureFiles(FeatureResult result, Path folder) {
    this.result = result;
    this.folder = folder;
  }

  void write() throws IOException {
    writeFigures();
    writeCka();
    writeComparisons();
    for (int d = 0; d < result.data().size(); d++) {
      writeMap(result.data().get(d), d);
    }
  }

  private void writeFigures() throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    for (DataFeatures data : result.data()) {
      for (ModelFeatures model : data.models()) {
        String by = data.description().grouping().name();
        FeatureFigure.ofClasses().forEach(figure -> rows.add(row(data, by, model, figure)));
        if (result.isFirst(data)) {
          FeatureFigure.ofGeometry().forEach(figure -> rows.add(row(data, "", model, figure)));
        }
      }
    }
    CsvFile.write(
        folder.resolve("figures.csv"),
        List.of("data", "by", "model", "figure", "value", "lo", "hi", "n"),
        rows.iterator());
  }

  private static List<Object> row(
      DataFeatures data, String by, ModelFeatures model, FeatureFigure figure) {
    Estimate of = model.figure(figure);
    return List.of(
        data.description().name(),
        by,
        model.model(),
        figure.key(),
        of.value(),
        of.lo(),
        of.hi(),
        of.n());
  }

  private void writeCka() throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    for (DataFeatures data : result.data().stream().filter(result::isFirst).toList()) {
      List<ModelFeatures> models = data.models();
      for (int a = 0; a < models.size(); a++) {
        for (int b = 0; b < models.size(); b++) {
          Estimate of = data.cka().get(a).get(b);
          rows.add(
              List.of(
                  data.description().name(),
                  models.get(a).model(),
                  models.get(b).model(),
                  of.value(),
                  of.lo(),
                  of.hi(),
                  data.biasedCka().get(a).get(b)));
        }
      }
    }
    CsvFile.write(
        folder.resolve("cka.csv"),
        List.of("data", "first", "second", "cka_debiased", "lo", "hi", "cka"),
        rows.iterator());
  }

  private void writeComparisons() throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    for (FeatureComparison of : result.comparisons()) {
      rows.add(
          List.of(
              of.data(),
              of.by(),
              of.first(),
              of.second(),
              of.figure().key(),
              of.difference().value(),
              of.difference().lo(),
              of.difference().hi(),
              of.difference().n(),
              of.p(),
              of.pHolm()));
    }
    CsvFile.write(
        folder.resolve("comparisons.csv"),
        List.of(
            "data",
            "by",
            "first",
            "second",
            "figure",
            "difference",
            "lo",
            "hi",
            "n",
            "p",
            "p_holm"),
        rows.iterator());
  }

  private void writeMap(DataFeatures data, int number) throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    for (ModelFeatures model : data.models()) {
      for (int i = 0; i < model.map().size(); i++) {
        MappedImage image = data.description().images().get(i);
        String of =
            image.classNumber() < 0
                ? ""
                : data.description().classes().get(image.classNumber()).name();
        rows.add(List.of(model.model(), image.id(), of, model.map().x(i), model.map().y(i)));
      }
    }
    CsvFile.write(
        folder.resolve("map-%d.csv".formatted(number + 1)),
        List.of("model", "id", "class", "x", "y"),
        rows.iterator());
  }
}
