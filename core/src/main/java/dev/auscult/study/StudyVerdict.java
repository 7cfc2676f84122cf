package dev.auscult.study;

import dev.auscult.metric.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a study says in plain words: which method to use, and how sure one can be. */
public final class StudyVerdict {
  private static final List<StudyLevel> FINE_FIRST =
      List.of(StudyLevel.COMBINATION, StudyLevel.CLASS);

  /** With fewer test patients than this, normal theory is not to be trusted. */
  private static final int FEW_PATIENTS = 40;

  private final StudyResults results;
  private final StudyComparisons comparisons;
  private final StudyMethod reference;

  /**
   * @param comparisons of all pairs
   * @param reference the method that a reader wants the others compared with
   */
  public StudyVerdict(StudyResults results, StudyComparisons comparisons, StudyMethod reference) {
    this.results = results;
    this.comparisons = comparisons;
    this.reference = reference;
  }

  /** The methods by macro F1, averaged over the fractions, the highest first. */
  public List<StudyMethod> ranking(StudyLevel level) {
    return results.methods().stream()
        .sorted(Comparator.comparingDouble(method -> -overall(level, method)))
        .toList();
  }

  /** The first of {@link #ranking}. */
  public StudyMethod best(StudyLevel level) {
    return ranking(level).get(0);
  }

  private double overall(StudyLevel level, StudyMethod method) {
    double mean =
        results.fractions().stream()
            .mapToDouble(
                fraction -> results.spread(level, method, fraction, StudyMetric.MACRO_F1).mean())
            .average()
            .orElse(Double.NaN);
    return Double.isNaN(mean) ? Double.NEGATIVE_INFINITY : mean;
  }

  /** One sentence on what to use. */
  public String headline() {
    StudyMethod fine = best(StudyLevel.COMBINATION);
    StudyMethod coarse = best(StudyLevel.CLASS);
    return fine == coarse
        ? "Over all shares of training data %s has the highest macro F1, for classes and for"
                .formatted(fine.title())
            + " class-concept combinations."
        : "Over all shares of training data %s has the highest macro F1 for class-concept"
                .formatted(fine.title())
            + " combinations, %s for classes.".formatted(coarse.title());
  }

  /** How sure one can be, a few sentences per level. */
  public List<String> points() {
    List<String> points = new ArrayList<>();
    for (StudyLevel level : FINE_FIRST) {
      points.add(scores(level));
      if (results.methods().size() > 1) {
        points.add(lead(level));
        points.add(shares(level));
      }
    }
    if (results.methods().size() > 1) {
      points.add(
          "\"Clear\" means that neither other test patients nor other draws of training images from"
              + " the same pool are a likely reason (p below .05 after Holm's correction over all"
              + " pairs of methods). Where nothing is clear, the methods may be equally good, or the"
              + " test set too small to tell.");
    }
    if (results.patients() < FEW_PATIENTS) {
      points.add(
          "There are only %d test patients: intervals and p-values, which hold for many, say too"
                  .formatted(results.patients())
              + " much here.");
    }
    return points;
  }

  private String scores(StudyLevel level) {
    StudyMethod best = best(level);
    double least = results.fractions().get(0);
    double most = results.fractions().get(results.fractions().size() - 1);
    Spread few = results.spread(level, best, least, StudyMetric.MACRO_F1);
    Spread all = results.spread(level, best, most, StudyMetric.MACRO_F1);
    return "At %s, %s reaches a macro F1 of %s with %s of the training data and %s with %s."
        .formatted(
            level.title(), best.title(), number(few), share(least), number(all), share(most));
  }

  /** The leader over all shares beside its runner-up, then all others. */
  private String lead(StudyLevel level) {
    List<StudyMethod> ranking = ranking(level);
    List<StudyMethod> others = ranking.subList(1, ranking.size());
    List<String> clear = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (StudyMethod other : others) {
      (pair(level, results.fractions(), ranking.get(0), other).isClear() ? clear : open)
          .add(other.title());
    }
    StudyComparison second = pair(level, results.fractions(), ranking.get(0), ranking.get(1));
    String lead =
        "Over all shares it leads the runner-up, %s, by %s%s."
            .formatted(
                second.other().title(),
                interval(second.difference()),
                second.isClear() ? ", a clear lead" : ": too little to tell them apart");
    return lead
        + (clear.isEmpty()
            ? " It is clearly ahead of no other method."
            : " It is clearly ahead of %s.".formatted(String.join(", ", clear)))
        + (open.isEmpty() || clear.isEmpty()
            ? ""
            : " Not to be told apart from it: %s.".formatted(String.join(", ", open)));
  }

  /** At each share its own leader, and the reference where that is another method. */
  private String shares(StudyLevel level) {
    List<String> parts = new ArrayList<>();
    for (double fraction : results.fractions()) {
      List<StudyMethod> ranking =
          results.methods().stream()
              .sorted(Comparator.comparingDouble(method -> -mean(level, method, fraction)))
              .toList();
      StudyMethod first = ranking.get(0);
      List<String> ahead = new ArrayList<>();
      ahead.add(clearly(level, fraction, first, ranking.get(1)));
      if (first != reference && ranking.get(1) != reference) {
        ahead.add(clearly(level, fraction, first, reference));
      }
      parts.add("%s %s (%s)".formatted(share(fraction), first.title(), String.join(", ", ahead)));
    }
    return "The highest by share: " + String.join("; ", parts) + ".";
  }

  private String clearly(StudyLevel level, double fraction, StudyMethod first, StudyMethod second) {
    return "%s of %s"
        .formatted(
            pair(level, List.of(fraction), first, second).isClear()
                ? "clearly ahead"
                : "not clearly ahead",
            second.title());
  }

  private double mean(StudyLevel level, StudyMethod method, double fraction) {
    double mean = results.spread(level, method, fraction, StudyMetric.MACRO_F1).mean();
    return Double.isNaN(mean) ? Double.NEGATIVE_INFINITY : mean;
  }

  private StudyComparison pair(
      StudyLevel level, List<Double> fractions, StudyMethod first, StudyMethod second) {
    return comparisons.between(level, StudyMetric.MACRO_F1, fractions, first, second);
  }

  private static String interval(Estimate difference) {
    String value = String.format(Locale.ROOT, "%.3f", difference.value());
    return Double.isFinite(difference.lo())
        ? String.format(Locale.ROOT, "%s [%.3f, %.3f]", value, difference.lo(), difference.hi())
        : value + " [NA]";
  }

  private static String number(Spread spread) {
    return Double.isNaN(spread.sd())
        ? String.format(Locale.ROOT, "%.2f", spread.mean())
        : String.format(Locale.ROOT, "%.2f ± %.2f", spread.mean(), spread.sd());
  }

  private static String share(double fraction) {
    return String.format(Locale.ROOT, "%s %%", Math.round(1000 * fraction) / 10.0)
        .replace(".0 %", " %");
  }
}
