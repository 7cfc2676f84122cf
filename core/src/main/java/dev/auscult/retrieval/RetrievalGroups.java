package dev.auscult.retrieval;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An attribute by which queries are told apart.
 *
 * @param attribute e.g. {@code sex}, {@code category}
 * @param ofSample the group of each sample, empty where it is not known
 */
public record RetrievalGroups(String attribute, List<Optional<String>> ofSample) {
  /** Copies the list. */
  public RetrievalGroups {
    ofSample = List.copyOf(ofSample);
  }

  /** The queries of each group in a direction, by its name. */
  Map<String, List<Integer>> queries(RetrievalSet set, Direction direction) {
    if (ofSample.size() != set.samples().size()) {
      throw new IllegalArgumentException(
          "groups of %d samples, not of %d".formatted(ofSample.size(), set.samples().size()));
    }
    return new TreeMap<>(set.groups(direction, ofSample));
  }
}
