package dev.auscult.image.lettering;

import dev.auscult.image.RgbImage;
import java.util.ArrayList;
import java.util.List;

/**
 * A place of a plane that may be text.
 *
 * @param box around its ink
 * @param letterHeight of a letter, pixels
 * @param score how much it looks like text, 0 to 1
 */
record Place(Box box, int letterHeight, double score) {
  /** From this score on a place may continue a surer one. */
  private static final double WEAK = 0.3;

  /** Places, the surest first, with those in them that belong to surer ones. */
  static List<Place> joined(List<Place> sorted) {
    List<Place> joined = new ArrayList<>();
    for (Place place : sorted) {
      int owner = 0;
      while (owner < joined.size() && !joined.get(owner).owns(place)) {
        owner++;
      }
      if (owner == joined.size()) {
        joined.add(place);
      } else if (place.score >= WEAK && joined.get(owner).isContinuedBy(place)) {
        joined.set(owner, joined.get(owner).with(place));
      }
    }
    return joined;
  }

  private boolean owns(Place other) {
    return 2 * box.overlap(other.box) > other.box.area()
        || (other.score >= WEAK && isContinuedBy(other));
  }

  /** Whether another is of the same line of letters. */
  private boolean isContinuedBy(Place other) {
    double smaller = Math.min(letterHeight, other.letterHeight);
    double larger = Math.max(letterHeight, other.letterHeight);
    int overlap = Math.min(box.bottom(), other.box.bottom()) - Math.max(box.top(), other.box.top());
    int gap = Math.max(box.left(), other.box.left()) - Math.min(box.right(), other.box.right());
    int height = Math.max(box.bottom(), other.box.bottom()) - Math.min(box.top(), other.box.top());
    return larger <= 1.7 * smaller
        && overlap >= 0.6 * smaller
        && gap <= 1.1 * larger
        && height <= 2 * larger;
  }

  private Place with(Place other) {
    return new Place(box.union(other.box), letterHeight, score);
  }

  /** In pixels of the image, with the margin around letters that blurred edges need. */
  Box inImage(GrayPlane plane, RgbImage image) {
    int factor = plane.factor();
    int margin = factor * Math.max(1, Math.round(letterHeight / 7f));
    return new Box(
            box.left() * factor, box.top() * factor, box.width() * factor, box.height() * factor)
        .grown(margin, image.width(), image.height());
  }
}
