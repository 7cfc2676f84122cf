package dev.auscult.image.lettering;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Glyphs that continue each other from left to right, or a single one.
 *
 * @param glyphs at least one
 */
record TextLine(List<Glyph> glyphs) {
  /** Within this share of a side from the border text is likelier. */
  private static final double NEAR_BORDER = 0.2;

  /** Checks and copies the list. */
  TextLine {
    glyphs = List.copyOf(glyphs);
    if (glyphs.isEmpty()) {
      throw new IllegalArgumentException("a line without glyphs");
    }
  }

  /** Puts glyphs together that continue each other; of two at one place the deeper one stays. */
  static List<TextLine> of(List<Glyph> glyphs) {
    List<Glyph> sorted = new ArrayList<>(glyphs);
    sorted.sort(Comparator.comparingInt((Glyph glyph) -> glyph.box().left()));
    List<List<Glyph>> lines = new ArrayList<>();
    for (Glyph glyph : onePerPlace(sorted)) {
      lines.stream()
          .filter(line -> line.stream().anyMatch(other -> other.continues(glyph)))
          .findFirst()
          .ifPresentOrElse(
              line -> line.add(glyph), () -> lines.add(new ArrayList<>(List.of(glyph))));
    }
    return lines.stream().map(TextLine::new).toList();
  }

  private static List<Glyph> onePerPlace(List<Glyph> glyphs) {
    return glyphs.stream()
        .filter(glyph -> glyphs.stream().noneMatch(other -> other.replaces(glyph)))
        .toList();
  }

  /** Around all glyphs. */
  Box box() {
    return glyphs.stream().map(Glyph::box).reduce(Box::union).orElseThrow();
  }

  /** The height of the glyph in the middle of all, pixels. */
  int letterHeight() {
    return glyphs.stream()
        .mapToInt(glyph -> glyph.box().height())
        .sorted()
        .toArray()[glyphs.size() / 2];
  }

  /**
   * How much it speaks for text: the clarity of its glyphs, times the root of their number as for
   * independent findings, less for letters of uneven height and for places far from the border.
   *
   * @param width of the plane, pixels
   * @param height of the plane, pixels
   */
  double evidence(int width, int height) {
    double clarity = glyphs.stream().mapToDouble(Glyph::clarity).average().orElse(0);
    double place = isNearBorder(width, height) ? 1 : 0.5;
    return Math.sqrt(glyphs.size()) * clarity * place * Math.exp(-2 * unevenness());
  }

  /** Standard deviation of the heights as a share of their mean. */
  private double unevenness() {
    double mean = glyphs.stream().mapToInt(glyph -> glyph.box().height()).average().orElse(1);
    double squares =
        glyphs.stream().mapToDouble(glyph -> Math.pow(glyph.box().height() - mean, 2)).sum();
    return Math.sqrt(squares / glyphs.size()) / mean;
  }

  private boolean isNearBorder(int width, int height) {
    Box box = box();
    double x = (box.left() + box.width() / 2.0) / width;
    double y = (box.top() + box.height() / 2.0) / height;
    return Math.min(Math.min(x, 1 - x), Math.min(y, 1 - y)) <= NEAR_BORDER;
  }
}
