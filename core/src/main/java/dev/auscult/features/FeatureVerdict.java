package dev.auscult.features;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    UNCLEAR,
    /** Neither separates the classes at all, as far as its intervals tell. */
    NONE_SEPARATES
  }

  /**
   * Two models on one data set with one grouping.
   *
   * @param data the data set
   * @param by what the classes are
   * @param first a model
   * @param second another
   * @param figures the comparisons
   * @param separating which of the two have a linear probe or nearest neighbours better than
   *     chance; a difference speaks for no other
   */
  public record Pair(
      String data,
      String by,
      String first,
      String second,
      List<FeatureComparison> figures,
      Set<String> separating) {
    /** Copies list and set. */
    public Pair {
      figures = List.copyOf(figures);
      separating = Set.copyOf(separating);
    }

    /** The model for which a comparison speaks; empty if for none. */
    public Optional<String> better(FeatureComparison of) {
      String ahead = of.difference().value() > 0 ? first : second;
      return of.isClear() && separating.contains(ahead) ? Optional.of(ahead) : Optional.empty();
    }

    /** Which is better. */
    public Outcome outcome() {
      if (separating.isEmpty()) {
        return Outcome.NONE_SEPARATES;
      }
      long first = figures.stream().filter(this::favoursFirst).count();
      long second = figures.stream().filter(this::favoursSecond).count();
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

    private boolean favoursFirst(FeatureComparison of) {
      return better(of).filter(first::equals).isPresent();
    }

    private boolean favoursSecond(FeatureComparison of) {
      return better(of).filter(second::equals).isPresent();
    }
  }

  /** Every pair of models on every data set that has figures of classes. */
  public List<Pair> pairs() {
    Map<List<String>, List<FeatureComparison>> pairs = new LinkedHashMap<>();
    for (FeatureComparison of : result.comparisons()) {
      pairs
          .computeIfAbsent(
              List.of(of.data(), of.by(), of.first(), of.second()), key -> new ArrayList<>())
          .add(of);
    }
    List<Pair> all = new ArrayList<>();
    pairs.forEach(
        (key, of) ->
            all.add(
                new Pair(
                    key.get(0),
                    key.get(1),
                    key.get(2),
                    key.get(3),
                    of,
                    separating(key.get(0), key.get(1), key.subList(2, 4)))));
    return all;
  }

  /** Which of these models separate the classes of a data set beyond chance. */
  private Set<String> separating(String data, String by, List<String> models) {
    return result.data().stream()
        .filter(of -> of.description().name().equals(data))
        .filter(of -> of.description().grouping().name().equals(by))
        .flatMap(
            of ->
                of.models().stream()
                    .filter(model -> models.contains(model.model()))
                    .filter(model -> model.separates(of.description().measuredClasses().size())))
        .map(ModelFeatures::model)
        .collect(Collectors.toSet());
  }

  /** What a pair shows, in a sentence. */
  public String sentence(Pair pair) {
    return switch (pair.outcome()) {
      case FIRST -> better(pair, pair.first(), pair.second());
      case SECOND -> better(pair, pair.second(), pair.first());
      case FIRST_IN_PART -> ahead(pair, pair.first(), pair.second(), pair::favoursFirst);
      case SECOND_IN_PART -> ahead(pair, pair.second(), pair.first(), pair::favoursSecond);
      case DIVIDED ->
          "On %s the figures disagree: %s is ahead of %s in %s, behind in %s."
              .formatted(
                  where(pair),
                  pair.first(),
                  pair.second(),
                  titles(pair, pair::favoursFirst),
                  titles(pair, pair::favoursSecond));
      case UNCLEAR ->
          "On %s no difference between %s and %s is clear; that does not show that there is none."
              .formatted(where(pair), pair.first(), pair.second());
      case NONE_SEPARATES ->
          "On %s neither %s nor %s separates the images by %s beyond chance: nothing to compare."
              .formatted(pair.data(), pair.first(), pair.second(), pair.by());
    };
  }

  /** The data set, and what its classes are where there are several groupings. */
  private String where(Pair pair) {
    return result.settings().groupings().size() == 1
        ? pair.data()
        : pair.data() + " by " + pair.by();
  }

  private static String better(Pair pair, String better, String worse) {
    return "On %s the features of %s separate the images by %s better than those of %s, in %s."
        .formatted(pair.data(), better, pair.by(), worse, titles(pair, of -> true));
  }

  private String ahead(Pair pair, String ahead, String behind, Predicate<FeatureComparison> clear) {
    return "On %s, %s is ahead of %s in %s, not clearly in %s."
        .formatted(where(pair), ahead, behind, titles(pair, clear), titles(pair, clear.negate()));
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
      case DIVIDED, UNCLEAR, NONE_SEPARATES -> false;
    };
  }
}
