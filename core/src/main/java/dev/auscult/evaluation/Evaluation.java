package dev.auscult.evaluation;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.metric.Calibration;
import dev.auscult.metric.ConfusionMatrix;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.Multiplicities;
import dev.auscult.metric.Ranking;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Evaluates predictions: on all test rows, per class, per group. */
public final class Evaluation {
  private final EvaluationSettings settings;
  private final Predictions test;
  private final Optional<Predictions> validation;
  private final FigureChoices choices;
  private final Slice all;
  private final FigureBlock overall;
  private final List<OperatingBlock> operating;
  private final List<Double> temperatures;
  private final Optional<CalibrationBlock> scaled;
  private final List<GroupBlock> groups;
  private final Optional<PairedFigures> pair;
  private final Optional<PairedGroups> pairedGroups;

  private Evaluation(
      PredictionFile file, Optional<PredictionFile> other, EvaluationSettings settings) {
    this.settings = settings;
    this.test = file.test();
    this.validation = file.validation();
    List<Ranking> rankings = rankings(file);
    this.choices = choices(settings, test, rankings);
    PairedFigures.Side own = PairedFigures.Side.of(file.model(), test, choices);
    this.all = own.slice();
    this.overall = own.block();
    this.pair = other.map(second -> new PairedFigures(own, second(file, second, settings)));
    this.operating = OperatingBlock.all(all, rankings);
    this.temperatures =
        settings.scores() == ScoreKind.RANK
            ? List.of()
            : validation.map(Predictions::temperatures).orElse(List.of());
    this.scaled =
        temperatures.isEmpty() || temperatures.stream().anyMatch(t -> t.isNaN())
            ? Optional.empty()
            : Optional.of(scaled());
    this.groups =
        Subgroup.of(test, settings.intersections()).stream()
            .map(group -> GroupBlock.of(test, group, choices, settings.minimum()))
            .toList();
    this.pairedGroups = pair.map(both -> both.on(groups));
  }

  private static List<Ranking> rankings(PredictionFile file) {
    return file.validation().map(rows -> new Slice(rows, rows.rows()).rankings()).orElse(List.of());
  }

  /** The other model, whose thresholds come from its own validation rows. */
  private static PairedFigures.Side second(
      PredictionFile first, PredictionFile second, EvaluationSettings settings) {
    Predictions joined = PairedPredictions.join(first, second);
    if (settings.threshold().rule().isPresent() && second.validation().isEmpty()) {
      throw new InputException(
          second.source().toString(),
          "no validation rows",
          "rows of the split 'val' to choose thresholds on",
          "add them, or give --threshold a number");
    }
    List<String> own = second.test().classes();
    List<Ranking> found = rankings(second);
    List<Ranking> ordered =
        found.isEmpty()
            ? List.of()
            : joined.classes().stream().map(name -> found.get(own.indexOf(name))).toList();
    return PairedFigures.Side.of(second.model(), joined, choices(settings, joined, ordered));
  }

  /** The choices that an evaluation of these predictions makes. */
  static FigureChoices choices(
      EvaluationSettings settings, Predictions test, List<Ranking> validation) {
    if (settings.scores() == ScoreKind.RANK
        && test.task() != Task.MULTI_CLASS
        && settings.threshold().equals(ThresholdChoice.HALF)) {
      throw new InputException(
          "--scores rank",
          "no threshold",
          "a threshold for scores that are no probabilities",
          "give --threshold a number, or a rule such as youden with validation rows");
    }
    return new FigureChoices(
        settings.scores(),
        settings.bins(),
        settings.threshold().thresholds(test.task(), test.classes().size(), validation));
  }

  private CalibrationBlock scaled() {
    Predictions cooled = test.at(temperatures);
    return new CalibrationBlock(new Slice(cooled, cooled.rows()), settings.bins());
  }

  /**
   * Evaluates.
   *
   * @throws InputException if the choices do not fit the predictions
   * @throws dev.auscult.base.InterruptedRunException if the user asks to stop
   */
  public static EvaluationResult of(
      PredictionFile file, EvaluationSettings settings, Progress progress) {
    return new Evaluation(file, Optional.empty(), settings).result(file.ignored(), progress);
  }

  /**
   * Evaluates, and compares with another model on the same samples, over the same resamples.
   *
   * @throws InputException if the choices do not fit the predictions, or the files hold other
   *     samples, truths or patients
   * @throws dev.auscult.base.InterruptedRunException if the user asks to stop
   */
  public static EvaluationResult compare(
      PredictionFile file, PredictionFile other, EvaluationSettings settings, Progress progress) {
    return new Evaluation(file, Optional.of(other), settings).result(file.ignored(), progress);
  }

  private EvaluationResult result(long ignored, Progress progress) {
    FigureTable table =
        FigureTable.of(
            blocks(), test.patients(), settings.bootstrap(), settings.threads(), progress);
    Map<String, Estimate> figures = table.estimates(overall, overall.names());
    Fairness fairness = new Fairness(table, overall, groups, test);
    return new EvaluationResult(
        test.task(),
        test.size(),
        test.patients(),
        validation.map(Predictions::size).orElse(0),
        ignored,
        FigureNames.ofAll(figures),
        classes(figures),
        confusion(),
        firstCalibration(),
        operating.stream().map(point -> point.result(table, test.classes())).toList(),
        temperature(table),
        groups.stream().map(group -> result(table, group)).toList(),
        fairness.gaps(),
        fairness.findings(),
        pair.map(both -> both.comparison(table, comparedGroups(table))));
  }

  private List<ComparedGroup> comparedGroups(FigureTable table) {
    return pairedGroups
        .map(groups -> groups.compared(table, FigureNames.testedByGroup(test)))
        .orElse(List.of());
  }

  private List<FigureBlock> blocks() {
    List<FigureBlock> blocks = new ArrayList<>(List.of(overall));
    blocks.addAll(operating);
    scaled.ifPresent(blocks::add);
    groups.forEach(group -> blocks.add(group.block()));
    pair.ifPresent(both -> blocks.add(both.secondBlock()));
    pairedGroups.ifPresent(both -> blocks.addAll(both.blocks()));
    return blocks;
  }

  private List<ClassResult> classes(Map<String, Estimate> figures) {
    return IntStream.range(0, test.classes().size())
        .mapToObj(
            index ->
                new ClassResult(
                    test.classes().get(index),
                    test.count(index),
                    test.task() == Task.MULTI_CLASS
                        ? Optional.empty()
                        : Optional.of(choices.thresholds().get(index)),
                    FigureNames.ofClass(figures, name(index)),
                    all.ranking(index),
                    calibration(index)))
        .toList();
  }

  private String name(int index) {
    return test.classes().get(index);
  }

  private Optional<Calibration> calibration(int index) {
    return settings.scores() == ScoreKind.RANK || test.task() == Task.MULTI_CLASS
        ? Optional.empty()
        : Optional.of(all.reliability(index, settings.bins()).diagram(test.patients()));
  }

  private Optional<Calibration> firstCalibration() {
    return settings.scores() == ScoreKind.RANK || test.task() != Task.MULTI_CLASS
        ? Optional.empty()
        : Optional.of(all.firstReliability(settings.bins()).diagram(test.patients()));
  }

  private Optional<ConfusionMatrix> confusion() {
    Multiplicities once = Multiplicities.once(test.patients());
    return switch (test.task()) {
      case BINARY -> Optional.of(all.calls(0, choices.thresholds().get(0)).matrix(once));
      case MULTI_CLASS -> Optional.of(all.firsts().matrix(once));
      case MULTI_LABEL -> Optional.empty();
    };
  }

  private Optional<Temperature> temperature(FigureTable table) {
    return temperatures.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Temperature(
                temperatures,
                scaled.map(block -> table.estimates(block, block.names())).orElse(Map.of())));
  }

  private GroupResult result(FigureTable table, GroupBlock group) {
    return new GroupResult(
        group.group().attribute(),
        group.group().value(),
        group.block().n(),
        group.patients(),
        group.standing(),
        table.estimates(group.block(), group.block().names()));
  }
}
