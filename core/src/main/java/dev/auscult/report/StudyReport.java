package dev.auscult.report;

import dev.auscult.data.StudySplits.TrainingSplit;
import dev.auscult.report.Charts.Axes;
import dev.auscult.report.Charts.Curve;
import dev.auscult.report.Charts.Point;
import dev.auscult.report.Table.Column;
import dev.auscult.study.ClassAuroc;
import dev.auscult.study.ClassCalibration;
import dev.auscult.study.Spread;
import dev.auscult.study.StudyComparison;
import dev.auscult.study.StudyComparisons;
import dev.auscult.study.StudyData;
import dev.auscult.study.StudyLevel;
import dev.auscult.study.StudyMethod;
import dev.auscult.study.StudyMetric;
import dev.auscult.study.StudyResults;
import dev.auscult.study.StudyTask;
import dev.auscult.study.StudyVerdict;
import dev.auscult.study.TextMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What came of a study: a page for a person, rows behind every figure, tables for a paper.
 *
 * @param results every fit, judged
 * @param comparisons of all pairs of methods
 * @param reference the method that the others are compared with
 * @param maps the texts before and after adaptation
 * @param qualities of the methods that matter most; see {@link #evaluated}
 */
public record StudyReport(
    StudyResults results,
    StudyComparisons comparisons,
    StudyMethod reference,
    List<TextMap> maps,
    List<StudyQuality> qualities) {

  /** Copies the lists. */
  public StudyReport {
    maps = List.copyOf(maps);
    qualities = List.copyOf(qualities);
  }

  /** The methods whose groups and confusions are looked at: zero-shot, reference, leader. */
  public static List<StudyMethod> evaluated(
      StudyResults results, StudyComparisons comparisons, StudyMethod reference) {
    StudyMethod best =
        new StudyVerdict(results, comparisons, reference).best(StudyLevel.COMBINATION);
    return results.methods().stream()
        .filter(method -> method == best || method == reference || method == StudyMethod.ZERO_SHOT)
        .toList();
  }

  /**
   * Writes what every fit makes of every test sample: before anything else, since {@link
   * StudyQuality} reads it.
   *
   * @throws IOException if the folder cannot be written
   */
  public static void writePredictions(StudyResults results, Path folder) throws IOException {
    new StudyPredictions(results, folder).write();
  }

  private StudyVerdict verdict() {
    return new StudyVerdict(results, comparisons, reference);
  }

  /** The result as scripts read it. */
  public Map<String, @Nullable Object> figures() {
    Map<String, @Nullable Object> figures = new LinkedHashMap<>();
    StudyData data = results.data();
    figures.put("headline", verdict().headline());
    figures.put("summary", verdict().points());
    figures.put("tasks", data.tasks().stream().map(StudyTask::name).toList());
    figures.put("training_pool", data.splits().pool().size());
    figures.put("test", data.splits().test().size());
    figures.put("skipped", data.skipped().size());
    figures.put("notes", data.allNotes());
    for (StudyLevel level : StudyLevel.values()) {
      figures.put(level.term(), figures(level));
    }
    figures.put("calibration", calibration());
    figures.put("gaps", qualities.stream().flatMap(StudyReport::gaps).toList());
    figures.put("comparisons", comparisons.pairs().stream().map(StudyReport::json).toList());
    return figures;
  }

  private Map<String, @Nullable Object> figures(StudyLevel level) {
    Map<String, @Nullable Object> methods = new LinkedHashMap<>();
    for (StudyMethod method : results.methods()) {
      Map<String, @Nullable Object> fractions = new LinkedHashMap<>();
      for (double fraction : results.fractions()) {
        Map<String, @Nullable Object> metrics = new LinkedHashMap<>();
        for (StudyMetric metric : StudyMetric.values()) {
          Spread spread = results.spread(level, method, fraction, metric);
          Map<String, @Nullable Object> figure = new LinkedHashMap<>();
          figure.put("mean", spread.mean());
          figure.put("sd", spread.sd());
          metrics.put(metric.term(), figure);
        }
        fractions.put(Double.toString(fraction), metrics);
      }
      methods.put(method.term(), fractions);
    }
    return methods;
  }

  /** The mean expected calibration error over the combinations, by task and method. */
  private Map<String, @Nullable Object> calibration() {
    Map<String, @Nullable Object> tasks = new LinkedHashMap<>();
    for (StudyTask task : results.data().tasks()) {
      Map<String, @Nullable Object> methods = new LinkedHashMap<>();
      for (ClassCalibration one : ClassCalibration.all(results)) {
        if (one.task().name().equals(task.name())) {
          methods.put(
              one.method().term(),
              one.ece().stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN));
        }
      }
      tasks.put(task.name(), methods);
    }
    return tasks;
  }

  private static Stream<Map<String, @Nullable Object>> gaps(StudyQuality quality) {
    return quality.gaps().stream()
        .map(
            gap -> {
              Map<String, @Nullable Object> json = new LinkedHashMap<>();
              json.put("task", quality.task().name());
              json.put("method", quality.method().term());
              json.put("attribute", gap.attribute());
              json.put("metric", gap.metric());
              json.put("gap", gap.size().value());
              json.put("lo", gap.size().lo());
              json.put("hi", gap.size().hi());
              json.put("lowest", gap.lowest());
              json.put("highest", gap.highest());
              return json;
            });
  }

  private static Map<String, @Nullable Object> json(StudyComparison pair) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("level", pair.level().term());
    json.put("metric", pair.metric().term());
    json.put("fractions", pair.fractions());
    json.put("method", pair.method().term());
    json.put("other", pair.other().term());
    json.put("difference", pair.difference().value());
    json.put("lo", pair.difference().lo());
    json.put("hi", pair.difference().hi());
    json.put("p", pair.found().p());
    json.put("p_holm", pair.holm());
    json.put("p_nadeau_bengio", pair.nadeauBengio());
    json.put("clear", pair.isClear());
    return json;
  }

  /** The table that a terminal has room for. */
  public Table brief() {
    return new StudyTables(results).figures(StudyLevel.COMBINATION, StudyMetric.MACRO_F1);
  }

  /**
   * Writes the rows behind the figures, {@code tables/}, the page and, last, {@code result.json}.
   *
   * @throws IOException if the folder cannot be written
   */
  public void write(Path folder, RunReport run) throws IOException {
    new StudyFiles(results, ClassAuroc.all(results, reference), folder).write(comparisons);
    new SimpleReport("Adaptation study", verdict().headline(), sections(), run).write(folder);
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("In short", Block.points(verdict().points())));
    StudyTables tables = new StudyTables(results);
    for (StudyLevel level : List.of(StudyLevel.COMBINATION, StudyLevel.CLASS)) {
      sections.add(level(level, tables));
    }
    sections.add(comparisonSection(tables));
    sections.add(classSection(tables));
    sections.addAll(new StudyQualitySections(results, tables, qualities, maps).all());
    sections.add(splitSection());
    sections.add(Section.of("Time", Block.table("timings", tables.timings())));
    return sections;
  }

  private Section level(StudyLevel level, StudyTables tables) {
    List<Block> blocks = new ArrayList<>();
    for (StudyMetric metric : StudyMetric.values()) {
      String name = level.term() + "-" + metric.term().replace('_', '-');
      blocks.add(
          Block.chart(
              Charts.curves(
                  name,
                  new Axes(
                      "%s of each method by share of the training data.".formatted(metric.title()),
                      "training data (%)",
                      metric.title(),
                      false),
                  results.methods().stream().map(method -> curve(level, method, metric)).toList()),
              "Mean over the splits; bars are one standard deviation."));
      blocks.add(Block.table(name, tables.figures(level, metric)));
    }
    String title = level.title();
    return new Section(
        title.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + title.substring(1), blocks);
  }

  private Curve curve(StudyLevel level, StudyMethod method, StudyMetric metric) {
    List<Point> points = new ArrayList<>();
    for (double fraction : results.fractions()) {
      Spread spread = results.spread(level, method, fraction, metric);
      if (Double.isFinite(spread.mean())) {
        points.add(
            new Point(
                100 * fraction, spread.mean(), Double.isFinite(spread.sd()) ? spread.sd() : 0));
      }
    }
    return new Curve(method.title(), points);
  }

  private Section comparisonSection(StudyTables tables) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Block.paragraph(
            "Intervals and p-values account for other test patients and for other draws of training"
                + " images from the same pool, as studies with several readers of the same cases do"
                + " (Obuchowski and Rockette; the splits are the readers). Holm's correction is over"
                + " all pairs of methods at the same level, figure and share, so that it also holds"
                + " for the pair of leader and runner-up. Nadeau and Bengio's corrected t-test is"
                + " shown, uncorrected, for those who expect it: it assumes that every split has a"
                + " test set of its own, which makes it too strict at small shares and too lenient"
                + " at large ones here; it is undefined (NA) where all splits are the whole pool."
                + " comparisons.csv holds all pairs."));
    List<StudyMethod> shown = new ArrayList<>(List.of(verdict().best(StudyLevel.COMBINATION)));
    if (shown.get(0) != reference) {
      shown.add(reference);
    }
    for (StudyMethod method : shown) {
      for (StudyLevel level : List.of(StudyLevel.COMBINATION, StudyLevel.CLASS)) {
        for (StudyMetric metric : List.of(StudyMetric.MACRO_F1, StudyMetric.AUROC)) {
          blocks.add(
              Block.table(
                  "comparisons-%s-%s-%s"
                      .formatted(
                          method.term().replace('+', 'p'),
                          level.term(),
                          metric.term().replace('_', '-')),
                  tables.comparisons(comparisons, level, metric, method)));
        }
      }
    }
    return new Section("How sure are the differences?", blocks);
  }

  /** The method whose classes are shown beside the reference's: the best other one. */
  private Optional<StudyMethod> bestOther() {
    return verdict().ranking(StudyLevel.COMBINATION).stream()
        .filter(method -> method != reference)
        .findFirst();
  }

  private Section classSection(StudyTables tables) {
    List<Block> blocks = new ArrayList<>();
    for (StudyTask task : results.data().tasks()) {
      String name = fileName(task);
      for (StudyLevel level : List.of(StudyLevel.COMBINATION, StudyLevel.CLASS)) {
        blocks.add(
            Block.table(
                "classes-%s-%s".formatted(name, level.term()), tables.classes(task, level)));
      }
      bestOther()
          .ifPresent(
              method ->
                  blocks.add(
                      Block.table(
                          "auroc-" + name,
                          tables.aurocs(ClassAuroc.all(results, reference), task, method))));
      blocks.add(
          Block.table(
              "calls-" + name,
              tables.confusion(
                  task, StudyLevel.COMBINATION, verdict().best(StudyLevel.COMBINATION))));
    }
    return new Section("Each class", blocks);
  }

  /** A task's name in those of files. */
  static String fileName(StudyTask task) {
    return task.name().replaceAll("[^A-Za-z0-9_.-]", "_");
  }

  private Section splitSection() {
    StudyData data = results.data();
    List<List<String>> rows = new ArrayList<>();
    for (double fraction : results.fractions()) {
      List<TrainingSplit> splits =
          data.splits().training().stream().filter(s -> s.fraction() == fraction).toList();
      rows.add(
          List.of(
              StudyTables.percent(fraction),
              Figures.count(splits.size()),
              Figures.decimal(
                  splits.stream().mapToInt(s -> s.samples().size()).average().orElse(0), 1),
              Figures.decimal(
                  splits.stream().mapToInt(s -> s.validation().size()).average().orElse(0), 1)));
    }
    List<Block> blocks =
        new ArrayList<>(
            List.of(
                Block.paragraph(
                    "%s and %s of other patients for testing; the plan is %s."
                        .formatted(
                            Figures.count(data.splits().pool().size(), "image") + " to train on",
                            Figures.count(data.splits().test().size(), "image"),
                            StudyData.PLAN)),
                Block.table(
                    new Table(
                        "Training splits. Settings and thresholds are chosen on the validation images inside; then"
                            + " every method fits on all images.",
                        List.of(
                            Column.words("share"),
                            Column.numbers("splits"),
                            Column.numbers("images"),
                            Column.numbers("of them validation")),
                        rows))));
    if (!data.allNotes().isEmpty()) {
      blocks.add(Block.points(data.allNotes()));
    }
    return new Section("Splits", blocks);
  }
}
