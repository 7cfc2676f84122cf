package dev.auscult.study;

import dev.auscult.study.StudyComparison.Corrected;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a study says in plain words: which method to use, and how sure one can be. */
public final class StudyVerdict {
  private final StudyResults results;
  private final List<Corrected> comparisons;
  private final StudyMethod reference;

  /**
   * @param comparisons of all methods with {@code reference}
   */
  public StudyVerdict(StudyResults results, List<Corrected> comparisons, StudyMethod reference) {
    this.results = results;
    this.comparisons = List.copyOf(comparisons);
    this.reference = reference;
  }

  /** The method with the highest macro F1, averaged over the fractions. */
  public StudyMethod best(StudyLevel level) {
    return results.methods().stream()
        .max(Comparator.comparingDouble(method -> overall(level, method)))
        .orElseThrow();
  }

  private double overall(StudyLevel level, StudyMethod method) {
    return results.fractions().stream()
        .mapToDouble(
            fraction -> results.spread(level, method, fraction, StudyMetric.MACRO_F1).mean())
        .average()
        .orElse(Double.NaN);
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
    for (StudyLevel level : List.of(StudyLevel.COMBINATION, StudyLevel.CLASS)) {
      points.add(scores(level));
      points.add(certainty(level));
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

  private String certainty(StudyLevel level) {
    StudyMethod best = best(level);
    List<Corrected> own =
        comparisons.stream().filter(c -> c.comparison().level() == level).toList();
    if (best == reference) {
      List<String> parts = new ArrayList<>();
      for (StudyMethod other : results.methods()) {
        if (other != reference) {
          parts.add("%s at %s".formatted(other.title(), clear(own, other, -1)));
        }
      }
      return "Its lead at %s is clear over %s."
              .formatted(level.title(), parts.isEmpty() ? "no other" : String.join(", ", parts))
          + MEANING;
    }
    return "Its lead over %s at %s is clear at %s."
            .formatted(reference.title(), level.title(), clear(own, best, 1))
        + MEANING;
  }

  private static final String MEANING =
      " Clear means: neither the choice of test patients nor, where training splits differ, that of"
          + " training samples is a likely reason (p below .05 after Holm's correction). Elsewhere"
          + " there is no clear lead.";

  /**
   * At how many shares a lead is clear.
   *
   * @param sign of a difference that is part of the lead: 1 if {@code method} leads, -1 if the
   *     reference does
   */
  private String clear(List<Corrected> own, StudyMethod method, int sign) {
    List<Corrected> of = own.stream().filter(c -> c.comparison().method() == method).toList();
    long clear =
        of.stream()
            .filter(c -> c.isClear() && sign * c.comparison().difference().value() > 0)
            .count();
    return "%d of %d shares".formatted(clear, of.size());
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
