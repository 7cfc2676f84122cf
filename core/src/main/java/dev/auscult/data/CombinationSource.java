package dev.auscult.data;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What of a sample tells which combinations it shows. */
sealed interface CombinationSource {

  /** Whether a sample shows a combination. */
  boolean shows(Sample sample, Combination combination);

  /**
   * The value of an attribute is the concept, whose class the prior knows.
   *
   * @param attribute its name, e.g. {@code pigmentation}; {@code label} is the sample's label,
   *     where it has no attribute of that name
   */
  record ByAttribute(String attribute) implements CombinationSource {
    @Override
    public boolean shows(Sample sample, Combination combination) {
      String absent = attribute.equals("label") ? sample.label().orElse("") : "";
      String value = sample.attributes().getOrDefault(attribute, absent);
      return value.equals(combination.concept()) || combination.locations().contains(value);
    }
  }

  /**
   * A finding of the class at the combination's location.
   *
   * @param labels by class, what data sets call it, its own name included
   * @param cuis by name of a location, its identifiers
   */
  record ByFinding(Map<String, Set<String>> labels, Map<String, Set<String>> cuis)
      implements CombinationSource {
    /** Copies the maps. */
    public ByFinding {
      labels = Map.copyOf(labels);
      cuis = Map.copyOf(cuis);
    }

    @Override
    public boolean shows(Sample sample, Combination combination) {
      Set<String> names = labels.getOrDefault(combination.className(), Set.of());
      return sample.findings().stream()
          .filter(finding -> names.contains(finding.label()))
          .anyMatch(
              finding ->
                  combination.isAt(Set.copyOf(finding.locations()), cuis(finding.locations())));
    }

    private Set<String> cuis(List<String> locations) {
      Set<String> found = new TreeSet<>();
      for (String location : locations) {
        if (UmlsExpression.Cui.is(location)) {
          found.add(location);
        }
        found.addAll(cuis.getOrDefault(location, Set.of()));
      }
      return found;
    }
  }
}
