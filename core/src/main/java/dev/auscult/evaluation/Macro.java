package dev.auscult.evaluation;

import dev.auscult.metric.ClassCounts;
import dev.auscult.metric.Ranking;
import dev.auscult.metric.RankingFigures;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Means over classes. */
final class Macro {
  private Macro() {}

  /** The plain mean; {@code NaN} if one is. */
  static <T> double mean(List<T> classes, ToDoubleFunction<T> figure) {
    return classes.stream().mapToDouble(figure).average().orElse(Double.NaN);
  }

  /** The mean over labels that occur in truth or calls; one that never was true counts 0. */
  static double ofOccurring(List<ClassCounts> labels, ToDoubleFunction<ClassCounts> figure) {
    return labels.stream()
        .filter(counts -> counts.positives() + counts.falsePositives() > 0)
        .mapToDouble(figure)
        .map(value -> Double.isNaN(value) ? 0 : value)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * The mean over the classes that have positives and negatives in the data as they are; {@code
   * NaN} if one of them has not in a resample, so that all resamples speak of the same classes.
   */
  static RankingFigures of(List<Ranking> rankings, List<RankingFigures> figures) {
    List<RankingFigures> defined =
        IntStream.range(0, rankings.size())
            .filter(index -> rankings.get(index).hasBothClasses())
            .mapToObj(figures::get)
            .toList();
    return defined.isEmpty()
        ? RankingFigures.UNDEFINED
        : new RankingFigures(
            mean(defined, RankingFigures::auroc),
            mean(defined, RankingFigures::averagePrecision),
            mean(defined, RankingFigures::sensitivity));
  }
}
