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
 * @param where its box
 * @param score how much the most text-like place looks like text, 0 to 1
 * @param found the places that are taken for text
 */
public record FoundInImage(
    String id,
    String cluster,
    Optional<TextMark> planted,
    Optional<Box> where,
    double score,
    List<FoundText> found) {

  /** Copies the list. */
  public FoundInImage {
    found = List.copyOf(found);
  }

  /** Whether the image is taken for one with text. */
  public boolean isFound() {
    return score >= TextFinder.THRESHOLD;
  }

  /** The share of the planted text's box that the places found cover, 0 to 1; 0 without one. */
  public double covered() {
    if (where.isEmpty()) {
      return 0;
    }
    Box box = where.get();
    long hit = 0;
    for (int y = box.top(); y < box.bottom(); y++) {
      for (int x = box.left(); x < box.right(); x++) {
        Box pixel = new Box(x, y, 1, 1);
        hit += found.stream().anyMatch(text -> text.box().overlap(pixel) > 0) ? 1 : 0;
      }
    }
    return (double) hit / box.area();
  }
}
