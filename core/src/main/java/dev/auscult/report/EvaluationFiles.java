package dev.auscult.report;

import dev.auscult.evaluation.ClassResult;
import dev.auscult.evaluation.EvaluationResult;
import dev.auscult.evaluation.FigureNames;
import dev.auscult.evaluation.GroupResult;
import dev.auscult.metric.Calibration;
import dev.auscult.metric.CalibrationBin;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.Ranking;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The numbers behind an evaluation's tables and curves as CSV. */
final class EvaluationFiles {
  private static final int POINTS = 2000;

  private final EvaluationResult result;
  private final Path folder;

  EvaluationFiles(EvaluationResult result, Path folder) {
    this.result = result;
    this.folder = folder;
  }

  void write() throws IOException {
    writeMetrics();
    writeCurves();
    writeReliability();
    writeDecisions();
    EvaluationTables tables = new EvaluationTables(result);
    if (result.confusion().isPresent()) {
      CsvFile.write(folder.resolve("confusion.csv"), tables.confusion(result.confusion().get()));
    }
    if (!result.gaps().isEmpty()) {
      writeGaps();
    }
  }

  private void writeMetrics() throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    addRows(rows, "", "", result.figures());
    for (ClassResult entry : result.classes()) {
      entry
          .figures()
          .forEach((name, estimate) -> rows.add(row("", "", entry.name(), name, estimate)));
    }
    for (GroupResult group : result.groups()) {
      addRows(rows, group.attribute(), group.value(), FigureNames.ofAll(group.figures()));
      for (ClassResult entry : result.classes()) {
        FigureNames.ofClass(group.figures(), entry.name())
            .forEach(
                (name, estimate) ->
                    rows.add(row(group.attribute(), group.value(), entry.name(), name, estimate)));
      }
    }
    CsvFile.write(
        folder.resolve("metrics.csv"),
        List.of("attribute", "group", "class", "metric", "n", "value", "lo", "hi"),
        rows.iterator());
  }

  private static void addRows(
      List<List<Object>> rows, String attribute, String group, Map<String, Estimate> figures) {
    figures.forEach((name, estimate) -> rows.add(row(attribute, group, "", name, estimate)));
  }

  private static List<Object> row(
      String attribute, String group, String className, String metric, Estimate estimate) {
    return List.of(
        attribute,
        group,
        className,
        metric,
        estimate.n(),
        estimate.value(),
        estimate.lo(),
        estimate.hi());
  }

  private void writeCurves() throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    for (ClassResult entry : result.classes()) {
      for (Ranking.Cut cut : EvaluationCurves.thinned(entry.ranking().cuts(), POINTS)) {
        rows.add(
            List.of(
                entry.name(),
                cut.threshold(),
                cut.counts().falsePositiveRate(),
                cut.counts().sensitivity(),
                cut.counts().precision()));
      }
    }
    CsvFile.write(
        folder.resolve("curves.csv"),
        List.of("class", "threshold", "false_positive_rate", "sensitivity", "precision"),
        rows.iterator());
  }

  private void writeReliability() throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    result.firstCalibration().ifPresent(first -> addBins(rows, "", first));
    for (ClassResult entry : result.classes()) {
      entry.calibration().ifPresent(bins -> addBins(rows, entry.name(), bins));
    }
    if (!rows.isEmpty()) {
      CsvFile.write(
          folder.resolve("reliability.csv"),
          List.of("class", "from", "to", "n", "mean_confidence", "outcome"),
          rows.iterator());
    }
  }

  private static void addBins(List<List<Object>> rows, String name, Calibration calibration) {
    for (CalibrationBin bin : calibration.bins()) {
      rows.add(List.of(name, bin.from(), bin.to(), bin.n(), bin.confidence(), bin.outcome()));
    }
  }

  private void writeDecisions() throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    for (ClassResult entry : result.classes()) {
      for (EvaluationCurves.NetBenefit benefit : EvaluationCurves.netBenefits(entry.ranking())) {
        rows.add(List.of(entry.name(), benefit.threshold(), benefit.model(), benefit.everybody()));
      }
    }
    CsvFile.write(
        folder.resolve("decision-curve.csv"),
        List.of("class", "threshold", "net_benefit", "net_benefit_of_everybody"),
        rows.iterator());
  }

  private void writeGaps() throws IOException {
    CsvFile.write(
        folder.resolve("gaps.csv"),
        List.of("attribute", "metric", "n", "gap", "lo", "hi", "lowest", "highest"),
        result.gaps().stream()
            .map(
                gap ->
                    List.<Object>of(
                        gap.attribute(),
                        gap.metric(),
                        gap.size().n(),
                        gap.size().value(),
                        gap.size().lo(),
                        gap.size().hi(),
                        gap.lowest(),
                        gap.highest()))
            .iterator());
  }
}
