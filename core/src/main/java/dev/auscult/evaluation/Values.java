package dev.auscult.evaluation;

import dev.auscult.metric.ClassCounts;
import dev.auscult.metric.RankingFigures;
import dev.auscult.metric.Reliability.ReliabilityFigures;
import java.util.List;

/** Figures one after the other. */
final class Values {
  private final double[] values;
  private int size;

  Values(int count) {
    values = new double[count];
  }

  Values add(double value) {
    values[size++] = value;
    return this;
  }

  /** In the order of {@link FigureNames#OF_COUNTS}. */
  Values add(ClassCounts counts) {
    return add(counts.sensitivity())
        .add(counts.specificity())
        .add(counts.precision())
        .add(counts.negativePredictiveValue())
        .add(counts.f1())
        .add(counts.selectionRate())
        .add(counts.accuracy());
  }

  /** In the order of {@link FigureNames#OF_RANKING}. */
  Values add(RankingFigures ranking) {
    return add(ranking.auroc()).add(ranking.averagePrecision()).add(ranking.sensitivity());
  }

  /** In the order of {@link FigureNames#OF_CONFIDENCE}, then {@link FigureNames#DEVIATIONS}. */
  Values add(ReliabilityFigures figures) {
    return add(figures.ece())
        .add(figures.unweighted())
        .add(figures.brier())
        .add(figures.inTheLarge())
        .addDeviations(List.of(figures));
  }

  /** The means of deviations in the order of {@link FigureNames#DEVIATIONS}. */
  Values addDeviations(List<ReliabilityFigures> figures) {
    return add(Macro.mean(figures, label -> label.ofEce().above()))
        .add(Macro.mean(figures, label -> label.ofEce().below()))
        .add(Macro.mean(figures, label -> label.ofUnweighted().above()))
        .add(Macro.mean(figures, label -> label.ofUnweighted().below()));
  }

  double[] finished() {
    if (size != values.length) {
      throw new IllegalStateException(size + " of " + values.length + " figures");
    }
    return values;
  }
}
