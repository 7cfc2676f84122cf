package dev.auscult.image.lettering;

import dev.auscult.image.RgbImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds burned-in text without learned weights: thin bright or dark strokes on an even ground
 * (white top-hats at several widths), of the shape of letters, in lines. The same image gives the
 * same boxes on every machine.
 *
 * <p>Made for text as radiographs carry it: upright lines of print, and single side markers near
 * the border. It does not read, and it finds neither handwriting nor rotated lines.
 */
public final class TextFinder {
  /** Changes whenever the same image would give other boxes. */
  public static final String VERSION = "text-finder/1";

  /** From this score on a place is taken for text. */
  public static final double THRESHOLD = 0.5;

  private static final int[] SIDES = {5, 11, 23};
  private static final double NEAR_BORDER = 0.2;

  /** Evidence at which a place is as likely text as not: one letter of clarity .6. */
  private static final double HALFWAY = 0.36;

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
    List<FoundText> all = new ArrayList<>();
    for (GrayPlane side : List.of(plane, plane.inverted())) {
      for (int width : SIDES) {
        for (List<Glyph> line : lines(Strokes.in(side, width))) {
          all.add(found(line, plane, image));
        }
      }
    }
    all.sort(
        Comparator.comparingDouble(FoundText::score)
            .reversed()
            .thenComparing(found -> -found.box().area())
            .thenComparing(found -> found.box().top())
            .thenComparing(found -> found.box().left()));
    return withoutRepeats(all);
  }

  private static List<FoundText> withoutRepeats(List<FoundText> all) {
    List<FoundText> kept = new ArrayList<>();
    for (FoundText one : all) {
      if (kept.stream().noneMatch(other -> covers(other.box(), one.box()))) {
        kept.add(one);
      }
    }
    return kept;
  }

  private static boolean covers(Box known, Box other) {
    return 2 * known.overlap(other) > other.area();
  }

  /** Glyphs that continue each other, in lines. */
  private static List<List<Glyph>> lines(List<Glyph> glyphs) {
    List<Glyph> sorted = new ArrayList<>(glyphs);
    sorted.sort(Comparator.comparingInt((Glyph glyph) -> glyph.box().left()));
    List<List<Glyph>> lines = new ArrayList<>();
    for (Glyph glyph : sorted) {
      lines.stream()
          .filter(line -> line.stream().anyMatch(other -> other.continues(glyph)))
          .findFirst()
          .ifPresentOrElse(
              line -> line.add(glyph), () -> lines.add(new ArrayList<>(List.of(glyph))));
    }
    return lines;
  }

  private static FoundText found(List<Glyph> line, GrayPlane plane, RgbImage image) {
    Box box = line.stream().map(Glyph::box).reduce(Box::union).orElseThrow();
    double evidence = 0;
    for (Glyph glyph : line) {
      evidence += glyph.letters() * glyph.clarity() * glyph.clarity();
    }
    if (!nearBorder(box, plane)) {
      evidence /= 2;
    }
    if (line.size() == 1 && !line.get(0).standsAlone()) {
      evidence /= 2;
    }
    Box inImage =
        new Box(
                box.left() * plane.factor(),
                box.top() * plane.factor(),
                box.width() * plane.factor(),
                box.height() * plane.factor())
            .grown(0, image.width(), image.height());
    return new FoundText(inImage, evidence / (evidence + HALFWAY));
  }

  private static boolean nearBorder(Box box, GrayPlane plane) {
    double x = (box.left() + box.width() / 2.0) / plane.width();
    double y = (box.top() + box.height() / 2.0) / plane.height();
    return Math.min(Math.min(x, 1 - x), Math.min(y, 1 - y)) <= NEAR_BORDER;
  }
}
