package dev.auscult.data;

import java.util.List;
import java.util.Optional;

/**
 * One of the findings that an image is labelled with.
 *
 * @param label its class as the data set names it
 * @param locations where it is, or what else describes it, as the data set names it
 * @param sentence the sentence of the report that states it
 * @param boxes where it is drawn on the image
 */
public record ImageFinding(
    String label, List<String> locations, Optional<String> sentence, List<Box> boxes) {

  /** Copies the lists. */
  public ImageFinding {
    locations = List.copyOf(locations);
    boxes = List.copyOf(boxes);
    if (label.isBlank()) {
      throw new IllegalArgumentException("a finding without a label");
    }
  }

  /** A finding of which only class and concept are known. */
  public static ImageFinding of(String label, Optional<String> concept) {
    return new ImageFinding(
        label, concept.map(List::of).orElse(List.of()), Optional.empty(), List.of());
  }

  /**
   * A box as fractions of the image's width and height, from its upper left corner.
   *
   * @param left 0-1
   * @param top 0-1
   * @param right not less than {@code left}, at most 1
   * @param bottom not less than {@code top}, at most 1
   */
  public record Box(double left, double top, double right, double bottom) {
    /** Checks the ranges. */
    public Box {
      if (!(0 <= left && left <= right && right <= 1 && 0 <= top && top <= bottom && bottom <= 1)) {
        throw new IllegalArgumentException(
            "a box [%s, %s, %s, %s]".formatted(left, top, right, bottom));
      }
    }
  }
}
