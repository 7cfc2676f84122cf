package dev.auscult.cli;

import dev.auscult.base.InputException;
import dev.auscult.base.UsageException;
import dev.auscult.data.Sample;
import dev.auscult.evaluation.Bands;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a user writes after {@code --by}: an attribute of samples by which figures are told apart.
 *
 * @param attribute category, label, concept, split, or an attribute such as sex
 * @param bands of a numeric attribute
 */
record GroupOption(String attribute, Optional<Bands> bands) {
  private static final int MOST_GROUPS = 50;
  private static final String COLUMN = "attr.";

  /**
   * An attribute, or {@code attribute=A,B} with the numbers at which its bands begin; ages have
   * bands anyway.
   *
   * @throws InputException if the numbers are none, or do not ascend
   */
  static GroupOption parse(String text) {
    int equals = text.indexOf('=');
    String attribute = name(equals < 0 ? text : text.substring(0, equals));
    if (equals < 0) {
      return new GroupOption(
          attribute, attribute.equals("age") ? Optional.of(Bands.AGE) : Optional.empty());
    }
    try {
      List<Double> cuts =
          Arrays.stream(text.substring(equals + 1).split(","))
              .map(String::strip)
              .map(Double::valueOf)
              .toList();
      return new GroupOption(attribute, Optional.of(new Bands(cuts)));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--by " + text,
          "no numbers in ascending order after =",
          "an attribute, or an attribute and where its bands begin",
          "write e.g. --by sex --by age=40,60",
          e);
    }
  }

  /** Without what manifests write before an attribute. */
  private static String name(String text) {
    String name = text.strip();
    return name.startsWith(COLUMN) ? name.substring(COLUMN.length()) : name;
  }

  /**
   * Several of them.
   *
   * @throws InputException if one cannot be parsed, or an attribute is there twice
   */
  static List<GroupOption> parse(List<String> texts) {
    List<GroupOption> groups = texts.stream().map(GroupOption::parse).toList();
    Set<String> seen = new TreeSet<>();
    for (GroupOption group : groups) {
      if (!seen.add(group.attribute())) {
        throw new UsageException(
            "--by " + group.attribute(), "it twice", "each attribute once", "leave one out");
      }
    }
    return groups;
  }

  /**
   * The group of every sample, empty where it is not known.
   *
   * @throws InputException if no sample has the attribute, or it has more values than groups make
   *     sense
   */
  List<Optional<String>> of(List<Sample> samples) {
    List<Optional<String>> groups = samples.stream().map(this::of).toList();
    Set<String> values =
        groups.stream().flatMap(Optional::stream).collect(Collectors.toCollection(TreeSet::new));
    if (values.isEmpty()) {
      throw new InputException(
          "--by " + attribute,
          "an attribute that no sample has",
          "one of " + String.join(", ", known(samples)),
          "name one of them");
    }
    if (values.size() > MOST_GROUPS) {
      throw new InputException(
          "--by " + attribute,
          values.size() + " different values",
          "at most " + MOST_GROUPS + " groups",
          "give bands of a number, e.g. --by " + attribute + "=40,60");
    }
    return groups;
  }

  /** The group of a sample, empty where it is not known. */
  Optional<String> of(Sample sample) {
    Optional<String> value =
        switch (attribute) {
          case "category" -> sample.category();
          case "label" -> sample.label();
          case "concept" -> sample.concept();
          case "split" -> sample.split();
          default -> Optional.ofNullable(sample.attributes().get(attribute));
        };
    Optional<String> text = value.map(String::strip).filter(word -> !word.isEmpty());
    return bands.isPresent() ? text.map(word -> bands.get().name(word)) : text;
  }

  private static Set<String> known(List<Sample> samples) {
    Set<String> known = new TreeSet<>();
    for (Sample sample : samples) {
      known.addAll(sample.attributes().keySet());
      sample.category().ifPresent(value -> known.add("category"));
      sample.label().ifPresent(value -> known.add("label"));
      sample.concept().ifPresent(value -> known.add("concept"));
      sample.split().ifPresent(value -> known.add("split"));
    }
    return known;
  }
}
