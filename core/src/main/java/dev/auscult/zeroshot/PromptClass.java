package dev.auscult.zeroshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A class of a prompt set and the ways to say it.
 *
 * @param name as results call it
 * @param labels what data sets call it besides its name and synonyms
 * @param synonyms what is filled into templates; the name if nothing is given
 * @param severities words that may stand before a synonym in {@link ClassDefinition#NAMES}
 * @param locations words that may stand behind it there
 * @param positive whole texts that say the class is there, instead of pairs of templates
 * @param negative whole texts that say it is not, as for "No finding", whose absence is no "no no
 *     finding"; given exactly if {@code positive} is
 * @param attributes what describes it, e.g. {@code an irregular border}
 */
public record PromptClass(
    String name,
    List<String> labels,
    List<String> synonyms,
    List<String> severities,
    List<String> locations,
    List<String> positive,
    List<String> negative,
    List<String> attributes) {

  /** Copies the lists; without synonyms the name is the only one. */
  public PromptClass {
    labels = List.copyOf(labels);
    synonyms = synonyms.isEmpty() ? List.of(name) : List.copyOf(synonyms);
    severities = List.copyOf(severities);
    locations = List.copyOf(locations);
    positive = List.copyOf(positive);
    negative = List.copyOf(negative);
    attributes = List.copyOf(attributes);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a class without a name");
    }
    if (positive.isEmpty() != negative.isEmpty()) {
      throw new IllegalArgumentException(
          "positive texts without negative ones, or the other way round, of " + name);
    }
  }

  /** A class that is said by its name alone. */
  public static PromptClass named(String name) {
    List<String> none = List.of();
    return new PromptClass(name, none, none, none, none, none, none, none);
  }

  /** The same with a single synonym. */
  PromptClass withSynonym(String synonym) {
    return new PromptClass(
        name, labels, List.of(synonym), severities, locations, positive, negative, attributes);
  }

  /**
   * Every synonym alone, with each severity before it, each location behind it, and both (Wang et
   * al. 2022, MedCLIP: severity, subtype, location).
   */
  public List<String> phrases() {
    List<String> phrases = new ArrayList<>();
    for (String synonym : synonyms) {
      for (String severity : orNothing(severities)) {
        for (String location : orNothing(locations)) {
          phrases.add(
              Stream.of(severity, synonym, location)
                  .filter(word -> !word.isEmpty())
                  .collect(Collectors.joining(" ")));
        }
      }
    }
    return phrases;
  }

  private static List<String> orNothing(List<String> words) {
    return Stream.concat(Stream.of(""), words.stream()).toList();
  }

  /** Whether a data set's label means this class; case does not matter. */
  public boolean isCalled(String label) {
    String wanted = folded(label);
    return Stream.of(Stream.of(name), labels.stream(), synonyms.stream())
        .flatMap(names -> names)
        .anyMatch(known -> folded(known).equals(wanted));
  }

  static String folded(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
