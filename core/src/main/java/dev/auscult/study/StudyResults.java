package dev.auscult.study;

import dev.auscult.adapt.ClassOutcomes;
import dev.auscult.adapt.ClassPredictions;
import dev.auscult.adapt.LabelledFeatures;
import dev.auscult.metric.ClassCounts;
import dev.auscult.metric.Multiplicities;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Everything that a finished study knows: each fit, judged at each level on the same samples. */
public final class StudyResults {
  private final StudyData data;
  private final List<CellResult> cells;
  private final Map<String, Integer> clusterOf = new LinkedHashMap<>();
  private final Map<Judged, ClassOutcomes> outcomes = new HashMap<>();

  /** A fit at a level. */
  private record Judged(StudyCell cell, StudyLevel level) {}

  /** Judges finished fits. */
  public StudyResults(StudyData data, List<CellResult> cells) {
    this.data = data;
    this.cells = List.copyOf(cells);
    for (StudyTask task : data.tasks()) {
      task.tested().groups().forEach(group -> clusterOf.putIfAbsent(group, clusterOf.size()));
    }
    for (CellResult result : cells) {
      ClassPredictions fine = calls(result);
      StudyTask task = task(result.cell().task());
      List<Integer> cluster = fine.samples().groups().stream().map(this::cluster).toList();
      outcomes.put(
          new Judged(result.cell(), StudyLevel.COMBINATION), new ClassOutcomes(fine, cluster));
      outcomes.put(
          new Judged(result.cell(), StudyLevel.CLASS),
          new ClassOutcomes(fine.byClass(task.hierarchy()), cluster));
    }
  }

  private int cluster(String group) {
    return Objects.requireNonNull(clusterOf.get(group), group);
  }

  /** What the fits were given. */
  public StudyData data() {
    return data;
  }

  /** All fits. */
  public List<CellResult> cells() {
    return cells;
  }

  /** The methods in the order of the study. */
  public List<StudyMethod> methods() {
    return cells.stream().map(result -> result.cell().method()).distinct().toList();
  }

  /** The fractions, ascending. */
  public List<Double> fractions() {
    return cells.stream().map(result -> result.cell().fraction()).distinct().sorted().toList();
  }

  /** The repetitions, ascending. */
  public List<Integer> repetitions() {
    return cells.stream().map(result -> result.cell().repetition()).distinct().sorted().toList();
  }

  /** How many patients are tested. */
  int patients() {
    return clusterOf.size();
  }

  private StudyTask task(String name) {
    return data.tasks().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  /** What a fit makes of the test samples, by combination, with its own probabilities. */
  public ClassPredictions predictions(CellResult result) {
    return predictions(result, result.scores());
  }

  /** The same with scores moved by the fit's threshold, so that calls are those of the study. */
  public ClassPredictions calls(CellResult result) {
    return predictions(result, CallThreshold.above(result.scores(), result.threshold()));
  }

  /** What a method's fits on the splits of a fraction make of the test samples. */
  List<ClassPredictions> predictions(
      StudyTask task, StudyLevel level, StudyMethod method, double fraction) {
    return cells.stream()
        .filter(
            result ->
                result.cell().task().equals(task.name())
                    && result.cell().method() == method
                    && result.cell().fraction() == fraction)
        .map(this::predictions)
        .map(fine -> level == StudyLevel.CLASS ? fine.byClass(task.hierarchy()) : fine)
        .toList();
  }

  private ClassPredictions predictions(CellResult result, FloatMatrix scores) {
    StudyTask task = task(result.cell().task());
    LabelledFeatures tested = task.tested();
    return new ClassPredictions(
        tested, task.hierarchy().names(), task.prior().labelMode(), scores, tested.labels());
  }

  /** A fit's samples at a level. */
  ClassOutcomes outcomes(StudyCell cell, StudyLevel level) {
    return Objects.requireNonNull(outcomes.get(new Judged(cell, level)));
  }

  /** A figure of a method over the splits of a fraction, each the mean over the tasks. */
  public Spread spread(StudyLevel level, StudyMethod method, double fraction, StudyMetric metric) {
    Multiplicities once = Multiplicities.once(patients());
    List<Double> values = new ArrayList<>();
    for (int repetition : repetitions()) {
      values.add(figure(level, method, fraction, repetition, metric, once));
    }
    return Spread.of(values);
  }

  /** A figure of one split, the mean over the tasks. */
  double figure(
      StudyLevel level,
      StudyMethod method,
      double fraction,
      int repetition,
      StudyMetric metric,
      Multiplicities weights) {
    double sum = 0;
    for (StudyTask task : data.tasks()) {
      StudyCell cell = new StudyCell(task.name(), method, fraction, repetition);
      sum += metric.of(outcomes(cell, level), weights);
    }
    return sum / data.tasks().size();
  }

  /**
   * How one class fared, averaged over the splits of a fraction.
   *
   * @param name of the class or combination
   * @param positives test samples that show it
   * @param recall mean over the splits
   * @param f1 mean over the splits
   * @param auroc mean over the splits
   * @param calls of the first split
   */
  public record ClassRow(
      String name, long positives, double recall, double f1, double auroc, ClassCounts calls) {}

  /** Every class of a task at a level. */
  public List<ClassRow> classes(
      StudyTask task, StudyLevel level, StudyMethod method, double fraction) {
    List<ClassOutcomes> splits =
        repetitions().stream()
            .map(r -> outcomes(new StudyCell(task.name(), method, fraction, r), level))
            .toList();
    Multiplicities once = Multiplicities.once(patients());
    List<ClassRow> rows = new ArrayList<>();
    for (int c = 0; c < splits.get(0).classes().size(); c++) {
      double recall = 0;
      double f1 = 0;
      double auroc = 0;
      for (ClassOutcomes split : splits) {
        ClassCounts counts = split.counts(c, once);
        recall += counts.sensitivity() / splits.size();
        f1 += counts.f1() / splits.size();
        auroc += split.auroc(c, once) / splits.size();
      }
      ClassCounts first = splits.get(0).counts(c, once);
      rows.add(
          new ClassRow(
              splits.get(0).classes().get(c), first.positives(), recall, f1, auroc, first));
    }
    return rows;
  }
}
