package dev.auscult.image.lettering;

import dev.auscult.image.RgbImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds burned-in text without learned weights: regions that are brighter or darker than what is
 * around them over many levels with one outline, of the shape of letters, in lines. They are looked
 * for in the image as it is, and in its white top-hat, which takes away the slopes of anatomy below
 * faint letters. The same image gives the same boxes on every machine.
 *
 * <p>Made for text as radiographs carry it: upright lines of print, and single side markers near
 * the border. It does not read, and it finds neither handwriting nor rotated lines.
 */
public final class TextFinder {
  /** Changes whenever the same image would give other boxes. */
  public static final String VERSION = "text-finder/2";

  /** From this score on a place is taken for text. */
  public static final double THRESHOLD = 0.5;

  /** No stroke that the top-hat keeps is as wide, in pixels. */
  private static final int SIDE = 7;

  /** Evidence at which a place is as likely text as not. */
  private static final double HALFWAY = 0.6;

  private TextFinder() {}

  /** The places that are taken for text, the surest first. */
  public static List<FoundText> in(RgbImage image) {
    return certain(candidates(image));
  }

  /** Those of some places that are taken for text. */
  public static List<FoundText> certain(List<FoundText> candidates) {
    return candidates.stream().filter(found -> found.score() >= THRESHOLD).toList();
  }

  /** All places that may be text, the likeliest first; none overlaps a likelier one much. */
  public static List<FoundText> candidates(RgbImage image) {
    GrayPlane plane = GrayPlane.of(image);
    List<Place> all = new ArrayList<>();
    for (GrayPlane side : List.of(plane, plane.inverted())) {
      for (GrayPlane view : List.of(side, side.topHat(SIDE))) {
        for (TextLine line : TextLine.of(GlyphSearch.in(view))) {
          all.add(place(line, plane));
        }
      }
    }
    all.sort(
        Comparator.comparingDouble(Place::score)
            .reversed()
            .thenComparing(place -> -place.box().area())
            .thenComparing(place -> place.box().top())
            .thenComparing(place -> place.box().left()));
    return Place.joined(all).stream()
        .map(place -> new FoundText(place.inImage(plane, image), place.score()))
        .toList();
  }

  private static Place place(TextLine line, GrayPlane plane) {
    double evidence = line.evidence(plane.width(), plane.height());
    return new Place(line.box(), line.letterHeight(), evidence / (evidence + HALFWAY));
  }
}
