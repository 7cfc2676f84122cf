package dev.auscult.features;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the comparisons of a study amount to, in sentences that say no more than they show. */
public final class FeatureVerdict {
  private static final String CAUTION =
      "A medical and a general model differ in architecture, data and training too: what parts them"
          + " is not shown to be the medical images.";

  private final FeatureResult result;

  /** The verdict on a result. */
  public FeatureVerdict(FeatureResult result) {
    this.result = result;
  }

  /** Which of two models separates the classes of a data set better. */
  public enum Outcome {
    /** The first, in all figures beyond chance. */
    FIRST,
    /** The second, in all figures beyond chance. */
    SECOND,
    /** The first in some figures, the second in none. */
    FIRST_IN_PART,
    /** The second in some figures, the first in none. */
    SECOND_IN_PART,
    /** Each in some figure. */
    DIVIDED,
    /** Neither beyond chance. */
    UNCLEAR
  }

  /**
   * Two models on one data set.
   *
   * @param data the data set
   * @param first a model
   * @param second another
   * @param figures the comparisons
   */
  public record Pair(String data, String first, String second, List<FeatureComparison> figures) {
    /** Copies the list. */
    public Pair {
      figures = List.copyOf(figures);
    }

    /** Which is better. */
    public Outcome outcome() {
      long first = figures.stream().filter(Pair::favoursFirst).count();
      long second = figures.stream().filter(Pair::favoursSecond).count();
      if (first > 0 && second > 0) {
        return Outcome.DIVIDED;
      }
      if (first > 0) {
        return first == figures.size() ? Outcome.FIRST : Outcome.FIRST_IN_PART;
      }
      if (second > 0) {
        return second == figures.size() ? Outcome.SECOND : Outcome.SECOND_IN_PART;
      }
      return Outcome.UNCLEAR;
    }

    private static boolean favoursFirst(FeatureComparison of) {
      return of.isClear() && of.difference().value() > 0;
    }

    private static boolean favoursSecond(FeatureComparison of) {
      return of.isClear() && of.difference().value() < 0;
    }
  }

  /** Every pair of models on every data set that has figures of classes. */
  public List<Pair> pairs() {
    Map<List<String>, List<FeatureComparison>> pairs = new LinkedHashMap<>();
    for (FeatureComparison of : result.comparisons()) {
      pairs
          .computeIfAbsent(List.of(of.data(), of.first(), of.second()), key -> new ArrayList<>())
          .add(of);
    }
    List<Pair> all = new ArrayList<>();
    pairs.forEach((key, of) -> all.add(new Pair(key.get(0), key.get(1), key.get(2), of)));
    return all;
  }

  /** What a pair shows, in a sentence. */
  public String sentence(Pair pair) {
    String by = result.settings().grouping().name();
    return switch (pair.outcome()) {
      case FIRST -> better(pair, pair.first(), pair.second(), by);
      case SECOND -> better(pair, pair.second(), pair.first(), by);
      case FIRST_IN_PART -> ahead(pair, pair.first(), pair.second(), Pair::favoursFirst);
      case SECOND_IN_PART -> ahead(pair, pair.second(), pair.first(), Pair::favoursSecond);
      case DIVIDED ->
          "On %s the figures disagree: %s is ahead of %s in %s, behind in %s."
              .formatted(
                  pair.data(),
                  pair.first(),
                  pair.second(),
                  titles(pair, Pair::favoursFirst),
                  titles(pair, Pair::favoursSecond));
      case UNCLEAR ->
          "On %s no difference between %s and %s is clear; that does not show that there is none."
              .formatted(pair.data(), pair.first(), pair.second());
    };
  }

  private static String better(Pair pair, String better, String worse, String by) {
    return "On %s the features of %s separate the images by %s better than those of %s, in %s."
        .formatted(pair.data(), better, by, worse, titles(pair, of -> true));
  }

  private static String ahead(
      Pair pair, String ahead, String behind, Predicate<FeatureComparison> clear) {
    return "On %s, %s is ahead of %s in %s, not clearly in %s."
        .formatted(
            pair.data(), ahead, behind, titles(pair, clear), titles(pair, of -> !of.isClear()));
  }

  private static String titles(Pair pair, Predicate<FeatureComparison> chosen) {
    return pair.figures().stream()
        .filter(chosen)
        .map(of -> of.figure().title() + " (by " + size(of) + ")")
        .collect(Collectors.joining(", "));
  }

  /** How large the difference is, whichever model is better. */
  private static String size(FeatureComparison of) {
    return String.format(Locale.ROOT, "%.3f", Math.abs(of.difference().value()));
  }

  /** All that the study shows, one sentence each. */
  public List<String> sentences() {
    List<String> sentences = new ArrayList<>(pairs().stream().map(this::sentence).toList());
    List<Pair> asked = pairs().stream().filter(this::isMedicalAgainstGeneral).toList();
    if (!asked.isEmpty()) {
      sentences.add(domains(asked));
      sentences.add(CAUTION);
    }
    if (result.comparisons().isEmpty()) {
      sentences.add(
          result.data().stream().allMatch(of -> of.models().size() < 2)
              ? "One model alone: there is nothing to compare it with."
              : "No data set has two classes with enough patients: no models were compared.");
    }
    return sentences;
  }

  private boolean isMedicalAgainstGeneral(Pair pair) {
    return EnumSet.of(domain(pair.first()), domain(pair.second()))
        .equals(EnumSet.of(ModelDomain.MEDICAL, ModelDomain.GENERAL));
  }

  private ModelDomain domain(String model) {
    return result.data().stream()
        .flatMap(of -> of.models().stream())
        .filter(of -> of.model().equals(model))
        .map(ModelFeatures::domain)
        .findFirst()
        .orElse(ModelDomain.UNKNOWN);
  }

  private String domains(List<Pair> asked) {
    long medical = asked.stream().filter(pair -> isAhead(pair, ModelDomain.MEDICAL)).count();
    long general = asked.stream().filter(pair -> isAhead(pair, ModelDomain.GENERAL)).count();
    return ("Medical against general: of %d comparisons of such a pair on a data set, the medical"
            + " model is ahead in %d, the general one in %d, and neither in %d.")
        .formatted(asked.size(), medical, general, asked.size() - medical - general);
  }

  private boolean isAhead(Pair pair, ModelDomain domain) {
    return switch (pair.outcome()) {
      case FIRST, FIRST_IN_PART -> domain(pair.first()) == domain;
      case SECOND, SECOND_IN_PART -> domain(pair.second()) == domain;
      case DIVIDED, UNCLEAR -> false;
    };
  }
}
