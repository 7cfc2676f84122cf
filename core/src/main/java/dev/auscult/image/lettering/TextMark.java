package dev.auscult.image.lettering;

import dev.auscult.base.InputException;
import dev.auscult.image.RgbImage;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A text to burn into an image. It stands in a corner of the image's central square, which is what
 * most models see of it, one dot away from the square's edges; it is broken into lines and, where
 * that is not enough, made smaller until it fits.
 *
 * @param text what it says; capital letters, digits and common signs
 * @param face its typeface
 * @param size height of a capital letter as a share of the central square's side, above 0 to 0.5
 * @param corner where it stands
 * @param contrast how it stands out
 */
public record TextMark(String text, Typeface face, double size, Corner corner, Contrast contrast) {
  private static final double LARGEST = 0.5;

  /**
   * Brings the text into capitals without accents.
   *
   * @throws InputException if the text is blank or has letters that the font has not
   */
  public TextMark {
    text = capitals(text);
    if (!(size > 0 && size <= LARGEST)) {
      throw new InputException(
          "a text's size", String.valueOf(size), "above 0 and at most 0.5", "give e.g. 0.11");
    }
  }

  private static String capitals(String text) {
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .toUpperCase(Locale.ROOT)
            .strip()
            .replaceAll("[\\s_]+", " ");
    if (plain.isEmpty() || !plain.chars().allMatch(letter -> DotFont.has((char) letter))) {
      throw new InputException(
          "the text '" + text + "'",
          plain.isEmpty() ? "nothing to burn in" : "letters that the built-in font has not",
          "Latin letters, digits and . , - + / : ( ) ' & % ?",
          "give the words to burn in in other letters");
    }
    return plain;
  }

  /** The same with a text of the same shape that says nothing: equal boxes, equal blanks. */
  public TextMark shape() {
    return new TextMark(text.replaceAll("\\S", "X"), face, size, corner, contrast);
  }

  /**
   * Where the text stands in an image of a size.
   *
   * @throws InputException if it fits in no legible size
   */
  public Box box(int width, int height) {
    return layout(width, height).box();
  }

  /**
   * The image with the text.
   *
   * @throws InputException if it fits in no legible size
   */
  public RgbImage burn(RgbImage image) {
    Layout layout = layout(image.width(), image.height());
    InkRaster ink = InkRaster.of(layout.lines(), face, layout.dot());
    return paint(image, layout.box(), ink::at);
  }

  /**
   * The image with the text's rectangle and no text, the control for what the rectangle hides: the
   * empty box, or where there is none as much ink spread evenly.
   *
   * @throws InputException if the text fits in no legible size
   */
  public RgbImage blank(RgbImage image) {
    Layout layout = layout(image.width(), image.height());
    float even =
        contrast.ground().isPresent()
            ? 0
            : (float) InkRaster.of(layout.lines(), face, layout.dot()).mean();
    return paint(image, layout.box(), (x, y) -> even);
  }

  /** How much of a pixel of the box is ink. */
  @FunctionalInterface
  private interface Ink {
    float at(int x, int y);
  }

  private RgbImage paint(RgbImage image, Box box, Ink ink) {
    byte[] rgb = image.toBytes();
    for (int y = 0; y < box.height(); y++) {
      for (int x = 0; x < box.width(); x++) {
        int at = 3 * ((box.top() + y) * image.width() + box.left() + x);
        for (int channel = 0; channel < 3; channel++) {
          int level = contrast.ground().orElse(rgb[at + channel] & 0xff);
          rgb[at + channel] = (byte) contrast.inked(level, ink.at(x, y));
        }
      }
    }
    return new RgbImage(image.width(), image.height(), rgb);
  }

  private record Layout(List<String> lines, double dot, Box box) {}

  private Layout layout(int width, int height) {
    int side = Math.min(width, height);
    double dot = face.dotSize(size * side / DotFont.ROWS);
    while (dot >= 1) {
      int edge = (int) dot;
      int across = (int) (((side - 2.0 * edge) / dot - 1) / (DotFont.COLUMNS + 1));
      List<String> lines = lines(across);
      int boxWidth = InkRaster.width(lines, dot);
      int boxHeight = InkRaster.height(lines, dot);
      if (boxWidth <= side - 2 * edge && boxHeight <= side / 2) {
        int left = corner.isRight() ? side - edge - boxWidth : edge;
        int top = corner.isBottom() ? side - edge - boxHeight : edge;
        return new Layout(
            lines,
            dot,
            new Box((width - side) / 2 + left, (height - side) / 2 + top, boxWidth, boxHeight));
      }
      dot = face.smaller(dot);
    }
    throw new InputException(
        "the text '" + text + "'",
        "too long for an image of %d x %d pixels".formatted(width, height),
        "a text that fits in letters of 5 x 7 pixels",
        "burn in shorter words, or use larger images");
  }

  /** The words in lines of at most {@code across} letters; a longer word has its own. */
  private List<String> lines(int across) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > across) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
