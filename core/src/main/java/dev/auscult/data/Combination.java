package dev.auscult.data;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A class together with one of its descriptive concepts, e.g. pleural effusion in the left
 * costophrenic angle: {@code h} of the SCALE paper.
 *
 * @param className the class
 * @param concept the concept; for findings the location
 * @param prompt the canonical wording of both
 * @param synonyms other wordings, without the canonical one
 * @param umls which annotated locations are this concept; empty where names decide
 * @param locations names of annotated locations that are this concept, beside its own
 */
public record Combination(
    String className,
    String concept,
    String prompt,
    List<String> synonyms,
    Optional<UmlsExpression> umls,
    Set<String> locations) {

  /** Copies the collections. */
  public Combination {
    synonyms = List.copyOf(synonyms);
    locations = Set.copyOf(locations);
    if (className.isBlank() || concept.isBlank() || prompt.isBlank()) {
      throw new IllegalArgumentException("a combination without class, concept or prompt");
    }
  }

  /** The combination in tables: class and concept. */
  public String name() {
    return className + " / " + concept;
  }

  /** Whether a location of these names and identifiers is this combination's concept. */
  boolean isAt(Set<String> names, Set<String> cuis) {
    return names.contains(concept)
        || names.stream().anyMatch(locations::contains)
        || umls.filter(expression -> expression.matches(cuis)).isPresent();
  }
}
