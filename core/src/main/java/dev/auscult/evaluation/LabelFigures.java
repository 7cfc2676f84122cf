package dev.auscult.evaluation;

import dev.auscult.metric.Calls;
import dev.auscult.metric.ClassCounts;
import dev.auscult.metric.ConfusionMatrix;
import dev.auscult.metric.Multiplicities;
import dev.auscult.metric.Ranking;
import dev.auscult.metric.RankingFigures;
import dev.auscult.metric.Reliability;
import dev.auscult.metric.Reliability.ReliabilityFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Figures where every label is a question of its own: binary tasks and several labels. */
final class LabelFigures implements FigureBlock {
  private final int n;
  private final List<String> names;
  private final List<Ranking> rankings;
  private final Optional<Ranking> micro;
  private final List<Calls> calls;
  private final List<Reliability> reliabilities;
  private final Calls allRight;
  private final boolean several;

  LabelFigures(Slice slice, FigureChoices choices) {
    List<String> labels = slice.predictions().classes();
    this.n = slice.n();
    this.several = slice.predictions().task() == Task.MULTI_LABEL;
    this.rankings = slice.rankings();
    this.micro = slice.microRanking();
    this.calls =
        IntStream.range(0, labels.size())
            .mapToObj(index -> slice.calls(index, choices.thresholds().get(index)))
            .toList();
    this.reliabilities =
        choices.scores() == ScoreKind.RANK
            ? List.of()
            : IntStream.range(0, labels.size())
                .mapToObj(index -> slice.reliability(index, choices.bins()))
                .toList();
    this.allRight = slice.allRightCalls(choices.thresholds());
    this.names = names(labels, several);
  }

  private static List<String> names(List<String> labels, boolean several) {
    List<String> names = new ArrayList<>(FigureNames.MAIN);
    names.addAll(FigureNames.DEVIATIONS);
    if (several) {
      names.add(FigureNames.MICRO_F1);
      names.add(FigureNames.MICRO_AUROC);
      names.add(FigureNames.MICRO_AUPRC);
      names.add(FigureNames.SUBSET_ACCURACY);
    }
    List<String> ofLabel = new ArrayList<>(FigureNames.OF_COUNTS);
    ofLabel.addAll(FigureNames.OF_RANKING);
    ofLabel.addAll(FigureNames.OF_CONFIDENCE);
    ofLabel.addAll(FigureNames.DEVIATIONS);
    names.addAll(FigureNames.ofClasses(labels, ofLabel));
    return List.copyOf(names);
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public int n() {
    return n;
  }

  @Override
  public double[] of(Multiplicities weights) {
    List<ConfusionMatrix> matrices = calls.stream().map(label -> label.matrix(weights)).toList();
    List<RankingFigures> ranked =
        rankings.stream().map(label -> label.figures(weights, 0.95)).toList();
    List<ReliabilityFigures> reliable =
        IntStream.range(0, calls.size())
            .mapToObj(
                index ->
                    reliabilities.isEmpty()
                        ? ReliabilityFigures.UNDEFINED
                        : reliabilities.get(index).figures(weights))
            .toList();
    Values values = new Values(names.size());
    addCalls(values, matrices);
    RankingFigures macro = Macro.of(rankings, ranked);
    values.add(macro);
    values.add(Macro.mean(reliable, ReliabilityFigures::ece));
    values.add(Macro.mean(reliable, ReliabilityFigures::unweighted));
    values.add(Macro.mean(reliable, ReliabilityFigures::brier));
    values.addDeviations(reliable);
    if (several) {
      addMicro(values, matrices, weights);
    }
    for (int index = 0; index < calls.size(); index++) {
      values.add(matrices.get(index).counts(1)).add(ranked.get(index)).add(reliable.get(index));
    }
    return values.finished();
  }

  private void addCalls(Values values, List<ConfusionMatrix> matrices) {
    if (several) {
      List<ClassCounts> counts = matrices.stream().map(matrix -> matrix.counts(1)).toList();
      values.add(Macro.mean(matrices, ConfusionMatrix::accuracy));
      values.add(Macro.mean(matrices, ConfusionMatrix::balancedAccuracy));
      values.add(Macro.ofOccurring(counts, ClassCounts::sensitivity));
      values.add(Macro.ofOccurring(counts, ClassCounts::f1));
    } else {
      ConfusionMatrix matrix = matrices.get(0);
      values.add(matrix.accuracy()).add(matrix.balancedAccuracy());
      values.add(matrix.macroRecall()).add(matrix.macroF1());
    }
  }

  private void addMicro(Values values, List<ConfusionMatrix> matrices, Multiplicities weights) {
    long right = 0;
    long missed = 0;
    long wrong = 0;
    for (ConfusionMatrix matrix : matrices) {
      right += matrix.count(1, 1);
      missed += matrix.count(1, 0);
      wrong += matrix.count(0, 1);
    }
    values.add(new ClassCounts(right, wrong, missed, 0).f1());
    RankingFigures pairs =
        micro.map(ranking -> ranking.figures(weights, 0.95)).orElse(RankingFigures.UNDEFINED);
    values.add(pairs.auroc()).add(pairs.averagePrecision());
    values.add(allRight.matrix(weights).counts(1).selectionRate());
  }
}
