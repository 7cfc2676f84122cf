package dev.auscult.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Observations that share the value of an attribute, or of two. Immutable. */
final class Subgroup {
  /** Between attributes, and between values, of an intersection. */
  static final String AND = " & ";

  private final String attribute;
  private final String value;
  private final int[] rows;
  private final List<Subgroup> parents;

  private Subgroup(String attribute, String value, int[] rows, List<Subgroup> parents) {
    this.attribute = attribute;
    this.value = value;
    this.rows = rows;
    this.parents = List.copyOf(parents);
  }

  /** The groups of every attribute, then, if wanted, of every pair of attributes. */
  static List<Subgroup> of(Predictions predictions, Intersections intersections) {
    List<List<Subgroup>> single = new ArrayList<>();
    for (Attribute attribute : predictions.attributes()) {
      single.add(of(predictions, attribute));
    }
    List<Subgroup> groups = new ArrayList<>();
    single.forEach(groups::addAll);
    if (intersections == Intersections.PAIRS) {
      for (int a = 0; a < single.size(); a++) {
        for (int b = a + 1; b < single.size(); b++) {
          groups.addAll(pairs(single.get(a), single.get(b)));
        }
      }
    }
    return groups;
  }

  private static List<Subgroup> of(Predictions predictions, Attribute attribute) {
    List<Subgroup> groups = new ArrayList<>();
    for (int code = 0; code < attribute.values().size(); code++) {
      int wanted = code;
      int[] rows =
          IntStream.range(0, predictions.size())
              .filter(row -> attribute.code(row) == wanted)
              .toArray();
      groups.add(new Subgroup(attribute.name(), attribute.values().get(code), rows, List.of()));
    }
    groups.sort(
        Comparator.comparingDouble((Subgroup group) -> Bands.start(group.value))
            .thenComparing(Subgroup::value));
    return groups;
  }

  private static List<Subgroup> pairs(List<Subgroup> first, List<Subgroup> second) {
    List<Subgroup> pairs = new ArrayList<>();
    for (Subgroup a : first) {
      for (Subgroup b : second) {
        int[] both = shared(a.rows, b.rows);
        if (both.length > 0) {
          pairs.add(
              new Subgroup(
                  a.attribute + AND + b.attribute, a.value + AND + b.value, both, List.of(a, b)));
        }
      }
    }
    return pairs;
  }

  /** What two ascending lists have in common. */
  private static int[] shared(int[] first, int[] second) {
    IntStream.Builder shared = IntStream.builder();
    int j = 0;
    for (int row : first) {
      while (j < second.length && second[j] < row) {
        j++;
      }
      if (j < second.length && second[j] == row) {
        shared.add(row);
      }
    }
    return shared.build().toArray();
  }

  String attribute() {
    return attribute;
  }

  String value() {
    return value;
  }

  int[] rows() {
    return rows.clone();
  }

  /** Of an intersection the two groups that it is part of. */
  List<Subgroup> parents() {
    return parents;
  }

  /** Whether nothing is known of an attribute in it. */
  boolean unknown() {
    return parents.isEmpty()
        ? value.equals(Attribute.UNKNOWN)
        : parents.stream().anyMatch(Subgroup::unknown);
  }
}
