package dev.auscult.overlay;

import dev.auscult.base.InputException;
import dev.auscult.data.Sample;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The classes that a model tells apart, and the word that is burned in for each.
 *
 * @param names the classes
 * @param words as many, each once
 */
public record OverlayClasses(List<String> names, List<String> words) {

  /**
   * Copies and checks the lists.
   *
   * @throws InputException if there are not at least two different classes and as many words
   */
  public OverlayClasses {
    names = List.copyOf(names);
    words = List.copyOf(words);
    if (names.size() < 2 || words.size() != names.size()) {
      throw new InputException(
          "the words to burn in",
          "%d for %d classes".formatted(words.size(), names.size()),
          "at least two classes and one word for each",
          "give as many words as classes, in the same order");
    }
    unique("class", names);
    unique("word", words);
  }

  private static void unique(String what, List<String> values) {
    Map<String, String> seen = new HashMap<>();
    for (String value : values) {
      if (seen.put(normal(value), value) != null) {
        throw new InputException(
            "the " + what + " '" + value + "'", "twice", "each once", "leave one out");
      }
    }
  }

  /** The different labels of samples as classes, in the order of the alphabet; words like them. */
  public static OverlayClasses of(List<Sample> samples) {
    Map<String, String> labels = new LinkedHashMap<>();
    samples.stream()
        .flatMap(sample -> sample.label().stream())
        .sorted()
        .forEach(label -> labels.putIfAbsent(normal(label), label));
    if (labels.size() < 2) {
      throw new InputException(
          "the data",
          labels.isEmpty() ? "no sample with a label" : "only the label " + labels.values(),
          "samples of at least two labels",
          "use labelled data: burned-in text is true or false of a label");
    }
    List<String> names = List.copyOf(labels.values());
    return new OverlayClasses(names, names);
  }

  /**
   * The class that a sample shows: the one called like its label, or like label and concept
   * together; empty if there is none.
   */
  public OptionalInt of(Sample sample) {
    String label = sample.label().orElse("");
    String both = label + " " + sample.concept().orElse("");
    for (int i = 0; i < names.size(); i++) {
      String name = normal(names.get(i));
      if (!label.isBlank() && (name.equals(normal(both)) || name.equals(normal(label)))) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** Lower case, words parted by one space, without a full stop at the end. */
  private static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_]+", " ").strip().replaceAll("\\.$", "");
  }
}
