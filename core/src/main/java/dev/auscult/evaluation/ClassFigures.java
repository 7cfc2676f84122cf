package dev.auscult.evaluation;

import dev.auscult.metric.Calls;
import dev.auscult.metric.ConfusionMatrix;
import dev.auscult.metric.Multiplicities;
import dev.auscult.metric.Ranking;
import dev.auscult.metric.RankingFigures;
import dev.auscult.metric.Reliability;
import dev.auscult.metric.Reliability.ReliabilityFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Figures where every observation is of one of several classes. */
final class ClassFigures implements FigureBlock {
  private final int n;
  private final List<String> names;
  private final List<Ranking> rankings;
  private final Optional<Ranking> micro;
  private final Calls calls;
  private final Optional<Reliability> reliability;

  ClassFigures(Slice slice, FigureChoices choices) {
    this.n = slice.n();
    this.rankings = slice.rankings();
    this.micro = slice.microRanking();
    this.calls = slice.firsts();
    this.reliability =
        choices.scores() == ScoreKind.RANK
            ? Optional.empty()
            : Optional.of(slice.firstReliability(choices.bins()));
    this.names = names(slice.predictions().classes());
  }

  private static List<String> names(List<String> classes) {
    List<String> names = new ArrayList<>(FigureNames.MAIN);
    names.add(FigureNames.IN_THE_LARGE);
    names.addAll(FigureNames.DEVIATIONS);
    names.add(FigureNames.MICRO_F1);
    names.add(FigureNames.MICRO_AUROC);
    names.add(FigureNames.MICRO_AUPRC);
    List<String> ofClass = new ArrayList<>(FigureNames.OF_COUNTS);
    ofClass.addAll(FigureNames.OF_RANKING);
    names.addAll(FigureNames.ofClasses(classes, ofClass));
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
    ConfusionMatrix matrix = calls.matrix(weights);
    List<RankingFigures> ranked =
        rankings.stream().map(ranking -> ranking.figures(weights, 0.95)).toList();
    ReliabilityFigures reliable =
        reliability.map(rows -> rows.figures(weights)).orElse(ReliabilityFigures.UNDEFINED);
    RankingFigures pairs =
        micro.map(ranking -> ranking.figures(weights, 0.95)).orElse(RankingFigures.UNDEFINED);
    Values values = new Values(names.size());
    values.add(matrix.accuracy()).add(matrix.balancedAccuracy());
    values.add(matrix.macroRecall()).add(matrix.macroF1());
    values.add(Macro.of(rankings, ranked)).add(reliable);
    values.add(matrix.accuracy()).add(pairs.auroc()).add(pairs.averagePrecision());
    for (int index = 0; index < ranked.size(); index++) {
      values.add(matrix.counts(index)).add(ranked.get(index));
    }
    return values.finished();
  }
}
