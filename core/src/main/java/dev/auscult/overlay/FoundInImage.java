package dev.auscult.overlay;

import dev.auscult.image.lettering.Box;
import dev.auscult.image.lettering.FoundText;
import dev.auscult.image.lettering.TextFinder;
import dev.auscult.image.lettering.TextMark;
import java.util.List;
import java.util.Optional;

/**
 * What was found in one image.
 *
 * @param id the sample
 * @param cluster its patient, or its image where the patient is not known
 * @param planted the text that was burned in to measure the search; empty without
 * @param where its box, or the places with text that a person has marked
 * @param score how much the most text-like place looks like text, 0 to 1
 * @param found the places that are taken for text
 */
public record FoundInImage(
    String id,
    String cluster,
    Optional<TextMark> planted,
    List<Box> where,
    double score,
    List<FoundText> found) {

  /** Copies the lists. */
  public FoundInImage {
    where = List.copyOf(where);
    found = List.copyOf(found);
  }

  /** Whether the image is taken for one with text. */
  public boolean isFound() {
    return score >= TextFinder.THRESHOLD;
  }

  /** The share of the text's place that the places found cover, 0 to 1; 0 without one. */
  public double covered() {
    List<Box> boxes = found.stream().map(FoundText::box).toList();
    return where.stream().mapToDouble(box -> box.coveredBy(boxes)).average().orElse(0);
  }
}
