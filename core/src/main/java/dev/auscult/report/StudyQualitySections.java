package dev.auscult.report;

import dev.auscult.report.Charts.Axes;
import dev.auscult.report.Charts.Curve;
import dev.auscult.report.Charts.Point;
import dev.auscult.study.ClassCalibration;
import dev.auscult.study.StudyMethod;
import dev.auscult.study.StudyResults;
import dev.auscult.study.StudyTask;
import dev.auscult.study.TextMap;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a study's page beside its figures: groups, calibration, confusion, maps of texts.
 */
final class StudyQualitySections {
  private final StudyResults results;
  private final StudyTables tables;
  private final List<StudyQuality> qualities;
  private final List<TextMap> maps;

  StudyQualitySections(
      StudyResults results, StudyTables tables, List<StudyQuality> qualities, List<TextMap> maps) {
    this.results = results;
    this.tables = tables;
    this.qualities = List.copyOf(qualities);
    this.maps = List.copyOf(maps);
  }

  /** Those that have something to show. */
  List<Section> all() {
    List<Section> sections = new ArrayList<>();
    sections.add(calibration());
    groups().forEach(sections::add);
    confusion().forEach(sections::add);
    if (!maps.isEmpty()) {
      sections.add(new Section("Texts before and after adaptation", mapBlocks()));
    }
    return sections;
  }

  private Section calibration() {
    List<ClassCalibration> calibrations = ClassCalibration.all(results);
    List<StudyMethod> shown = qualities.stream().map(StudyQuality::method).distinct().toList();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Block.paragraph(
            "Of each method's own probabilities, which no threshold moves. Where an image may show"
                + " several findings, text-based methods weigh a finding against \"No finding.\","
                + " which says little about how often it occurs: expect their probabilities to be"
                + " off."));
    for (StudyTask task : results.data().tasks()) {
      String name = StudyReport.fileName(task);
      List<Curve> curves = new ArrayList<>();
      for (ClassCalibration one : calibrations) {
        if (one.task().name().equals(task.name()) && shown.contains(one.method())) {
          curves.add(
              new Curve(
                  one.method().title(),
                  one.pooled().bins().stream()
                      .filter(bin -> bin.n() > 0)
                      .map(bin -> new Point(bin.confidence(), bin.outcome(), 0))
                      .toList()));
        }
      }
      curves.add(new Curve("perfect", List.of(new Point(0, 0, 0), new Point(1, 1, 0))));
      blocks.add(
          Block.chart(
              Charts.curves(
                  "reliability-" + name,
                  new Axes(
                      "Reliability diagram of class-concept combinations with all training data.",
                      "mean probability",
                      "share that came true",
                      false),
                  curves),
              "%s: the share that came true over the mean probability in ten bins, all"
                      .formatted(task.name())
                  + " combinations and splits together."));
      blocks.add(Block.table("calibration-" + name, tables.calibration(calibrations, task)));
    }
    return new Section("Calibration", blocks);
  }

  private List<Section> groups() {
    List<Block> blocks = new ArrayList<>();
    for (StudyTask task : results.data().tasks()) {
      Table gaps = tables.gaps(qualities, task);
      if (!gaps.rows().isEmpty()) {
        blocks.add(Block.table("gaps-" + StudyReport.fileName(task), gaps));
      }
    }
    if (blocks.isEmpty()) {
      return List.of();
    }
    blocks.add(
        0,
        Block.paragraph(
            "Class-concept combinations, first split, groups of at least 20 test patients. Gaps are"
                + " never below 0, so that small ones are expected from chance; auscult evaluate on"
                + " a file below predictions/ shows every group with its interval and tests them."));
    return List.of(new Section("Groups", blocks));
  }

  private List<Section> confusion() {
    List<Block> blocks = new ArrayList<>();
    for (StudyQuality quality : qualities) {
      quality
          .found()
          .confusion()
          .ifPresent(
              matrix -> {
                Table table = new EvaluationTables(quality.found()).confusion(matrix);
                blocks.add(
                    Block.table(
                        "confusion-%s-%s"
                            .formatted(
                                StudyReport.fileName(quality.task()),
                                quality.method().term().replace('+', 'p')),
                        new Table(
                            "%s: %s with all training data, first split; rows are the truth."
                                .formatted(quality.task().name(), quality.method().title()),
                            table.columns(),
                            table.rows())));
              });
    }
    return blocks.isEmpty() ? List.of() : List.of(new Section("Confusion", blocks));
  }

  private List<Block> mapBlocks() {
    List<Block> blocks = new ArrayList<>();
    for (TextMap map : maps) {
      blocks.add(
          Block.chart(
              MapPanels.picture(
                  "texts-" + StudyReport.fileName(map.task()),
                  "t-SNE maps of %d texts before and after adaptation, by class."
                      .formatted(map.classOf().size()),
                  List.of(
                      new MapPanels.Panel("before", map.before()),
                      new MapPanels.Panel("after " + map.method().title(), map.after())),
                  map.classOf(),
                  map.task().prior().classes()),
              ("%s: %s by t-SNE, each map for itself, in the colours of their classes; %s with all"
                      + " training data, first split (figure 4 of the SCALE paper).")
                  .formatted(
                      map.task().name(),
                      "prompts and training sentences (%s)"
                          .formatted(Figures.count(map.classOf().size(), "text")),
                      map.method().title())));
      if (!map.before().notes().isEmpty()) {
        blocks.add(Block.points(map.before().notes()));
      }
    }
    return blocks;
  }
}
