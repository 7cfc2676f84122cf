package dev.auscult.report;

import dev.auscult.evaluation.EvaluationResult;
import dev.auscult.evaluation.FigureNames;
import dev.auscult.evaluation.Finding;
import dev.auscult.evaluation.Task;
import dev.auscult.metric.Estimate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The page and files of an evaluation.
 *
 * @param result what was found
 * @param run its provenance
 */
public record EvaluationReport(EvaluationResult result, RunReport run) {
  private static final int SHOWN_CLASSES = 20;

  /**
   * Writes CSV files, {@code index.html} and, last, {@code result.json}.
   *
   * @throws IOException if the folder cannot be written
   */
  public void write(Path folder) throws IOException {
    new EvaluationFiles(result, folder).write();
    if (result.comparison().isPresent()) {
      new ComparisonReport(result.comparison().get()).write(folder);
    }
    new SimpleReport("Evaluation", finding(), sections(), run).write(folder);
  }

  private String finding() {
    Estimate auroc = figure(FigureNames.AUROC);
    Estimate balanced = figure(FigureNames.BALANCED_ACCURACY);
    String groups =
        result.groups().isEmpty()
            ? ""
            : result.tests().isEmpty()
                ? " No group has enough patients to be compared."
                : result.findings().isEmpty()
                    ? " No compared group is worse beyond chance."
                    : " Worse beyond chance: " + worse() + ".";
    String other =
        result
            .comparison()
            .map(comparison -> " " + new ComparisonReport(comparison).sentence())
            .orElse("");
    return "%s of %s: AUROC %s, balanced accuracy %s.%s%s"
        .formatted(
            Figures.count(result.n(), "observation"),
            Figures.count(result.patients(), "patient"),
            Figures.interval(auroc),
            Figures.interval(balanced),
            groups,
            other);
  }

  private String worse() {
    return result.findings().stream()
        .map(finding -> finding.attribute() + " " + finding.value())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private Estimate figure(String name) {
    return result.figures().getOrDefault(name, Estimate.undefined());
  }

  private List<Section> sections() {
    EvaluationTables tables = new EvaluationTables(result);
    List<Section> sections = new ArrayList<>();
    sections.add(
        Section.of("Figures", Block.paragraph(task()), Block.table("figures", tables.figures())));
    result
        .comparison()
        .ifPresent(comparison -> sections.addAll(new ComparisonReport(comparison).sections()));
    if (!result.groups().isEmpty()) {
      sections.add(groups(tables));
    }
    sections.add(curves());
    sections.add(classes(tables));
    if (result.validation() > 0) {
      sections.add(validation(tables));
    }
    sections.add(Section.of("How to read this", Block.points(EvaluationWords.notes(result))));
    return sections;
  }

  private String task() {
    return "%s%s%s."
        .formatted(
            switch (result.task()) {
              case BINARY ->
                  "Binary task, %s"
                      .formatted(Figures.count(result.classes().get(0).positives(), "positive"));
              case MULTI_CLASS -> result.classes().size() + " classes";
              case MULTI_LABEL -> result.classes().size() + " labels";
            },
            result.validation() == 0
                ? ", no validation rows"
                : ", " + Figures.count(result.validation(), "validation row"),
            result.ignored() == 0
                ? ""
                : ", " + Figures.count(result.ignored(), "row") + " of other splits left out");
  }

  private Section groups(EvaluationTables tables) {
    List<Block> blocks = new ArrayList<>();
    if (result.findings().isEmpty()) {
      blocks.add(
          Block.paragraph(
              "No compared group is worse than all observations beyond chance (%s, Holm's"
                      .formatted(Figures.count(result.tests().size(), "test"))
                  + " correction, level "
                  + Figures.decimal(Finding.LEVEL, 2)
                  + "). That is no proof that none is: intervals of small groups are wide."));
    } else {
      blocks.add(Block.table("findings", tables.findings()));
    }
    for (String attribute : tables.attributes()) {
      blocks.add(Block.table(tables.groups(attribute)));
      if (figure(FigureNames.BRIER).value() >= 0) {
        blocks.add(Block.table(tables.calibration(attribute)));
      }
    }
    if (!result.gaps().isEmpty()) {
      blocks.add(Block.table("gaps", tables.gaps()));
    }
    return new Section("Groups", blocks);
  }

  private Section curves() {
    EvaluationCurves curves = new EvaluationCurves(result);
    List<Block> blocks = new ArrayList<>();
    if (curves.drawable()) {
      blocks.add(Block.chart(curves.roc(), "Receiver operating characteristic."));
      blocks.add(Block.chart(curves.precisionRecall(), "Precision over recall."));
    } else {
      blocks.add(Block.paragraph("There are no curves of a single class."));
    }
    curves
        .reliability()
        .ifPresent(
            picture ->
                blocks.add(
                    Block.chart(
                        picture,
                        "Reliability diagram; reliability.csv says how many are in each bin.")));
    if (curves.drawable() && figure(FigureNames.BRIER).value() >= 0) {
      blocks.add(
          Block.chart(
              curves.decision(),
              "Decision curve: net benefit of acting on scores from a threshold on. Larger losses than"
                  + " %s are drawn there; decision-curve.csv holds them."
                      .formatted(Figures.decimal(-EvaluationCurves.LOSS, 2))));
    }
    return new Section("Curves", blocks);
  }

  private Section classes(EvaluationTables tables) {
    List<Block> blocks = new ArrayList<>();
    result
        .confusion()
        .filter(matrix -> matrix.classes() <= SHOWN_CLASSES)
        .ifPresent(matrix -> blocks.add(Block.table(tables.confusion(matrix))));
    if (result.task() != Task.BINARY) {
      blocks.add(Block.table("classes", tables.classes()));
      blocks.add(Block.table("class-rankings", tables.rankings()));
    }
    if (blocks.isEmpty()) {
      blocks.add(Block.paragraph("confusion.csv holds the matrix."));
    }
    return new Section("Classes", blocks);
  }

  private Section validation(EvaluationTables tables) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.table("operating-points", tables.operatingPoints()));
    result
        .temperature()
        .ifPresent(
            temperature -> {
              blocks.add(
                  Block.paragraph(
                      "Temperature: "
                          + temperature.temperatures().stream()
                              .map(value -> Figures.decimal(value, 3))
                              .collect(Collectors.joining(", "))
                          + " (above 1 the model was too sure, below 1 not sure enough)."));
              if (!temperature.figures().isEmpty()) {
                blocks.add(Block.table(tables.temperature(temperature.figures())));
              }
            });
    return new Section("Chosen on validation rows", blocks);
  }
}
