package dev.auscult.metric;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** How a threshold is chosen on validation data. */
public enum OperatingRule {
  /** The largest sum of sensitivity and specificity (Youden 1950). */
  YOUDEN {
    @Override
    Optional<Ranking.Cut> choose(List<Ranking.Cut> cuts) {
      return best(cuts, ClassCounts::youden);
    }
  },
  /** The largest F1. */
  F1 {
    @Override
    Optional<Ranking.Cut> choose(List<Ranking.Cut> cuts) {
      return best(cuts, ClassCounts::f1);
    }
  },
  /** The highest threshold with a sensitivity of at least 95%. */
  SENSITIVITY_95 {
    @Override
    Optional<Ranking.Cut> choose(List<Ranking.Cut> cuts) {
      return cuts.stream().filter(cut -> cut.counts().sensitivity() >= 0.95).findFirst();
    }
  },
  /** The lowest threshold with a specificity of at least 95%. */
  SPECIFICITY_95 {
    @Override
    Optional<Ranking.Cut> choose(List<Ranking.Cut> cuts) {
      return cuts.stream()
          .filter(cut -> cut.counts().specificity() >= 0.95)
          .reduce((first, second) -> second);
    }
  };

  /** Chooses among thresholds in descending order; of equally good ones the highest. */
  abstract Optional<Ranking.Cut> choose(List<Ranking.Cut> cuts);

  /**
   * The threshold chosen on {@code validation}; empty without positives, without negatives, or
   * where no threshold satisfies the rule.
   */
  public Optional<Ranking.Cut> threshold(Ranking validation) {
    return validation.hasBothClasses() ? choose(validation.cuts()) : Optional.empty();
  }

  private static Optional<Ranking.Cut> best(
      List<Ranking.Cut> cuts, ToDoubleFunction<ClassCounts> figure) {
    return cuts.stream()
        .reduce(
            (best, cut) ->
                figure.applyAsDouble(cut.counts()) > figure.applyAsDouble(best.counts())
                    ? cut
                    : best);
  }
}
