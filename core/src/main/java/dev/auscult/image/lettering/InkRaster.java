package dev.auscult.image.lettering;

import java.util.ArrayList;
import java.util.List;

/** How much of each pixel of a block of lines is ink, 0 to 1. */
final class InkRaster {
  private final int width;
  private final int height;
  private final float[] coverage;

  private InkRaster(int width, int height) {
    this.width = width;
    this.height = height;
    this.coverage = new float[width * height];
  }

  /** Lines of letters with a margin of one dot all round. */
  static InkRaster of(List<String> lines, Typeface face, double dot) {
    InkRaster raster = new InkRaster(width(lines, dot), height(lines, dot));
    for (int line = 0; line < lines.size(); line++) {
      String letters = lines.get(line);
      for (int i = 0; i < letters.length(); i++) {
        double x = (1 + (DotFont.COLUMNS + 1) * i) * dot;
        double y = (1 + (DotFont.ROWS + 2) * line) * dot;
        if (face == Typeface.DOTS) {
          raster.squares(letters.charAt(i), (int) x, (int) y, (int) dot);
        } else {
          strokes(letters.charAt(i)).forEach(stroke -> raster.draw(stroke, x, y, dot, face.pen()));
        }
      }
    }
    return raster;
  }

  static int width(List<String> lines, double dot) {
    int longest = lines.stream().mapToInt(String::length).max().orElse(0);
    return (int) Math.ceil(((DotFont.COLUMNS + 1) * longest + 1) * dot);
  }

  static int height(List<String> lines, double dot) {
    return (int) Math.ceil((DotFont.ROWS + 2) * lines.size() * dot);
  }

  private void squares(char letter, int x, int y, int dot) {
    for (int row = 0; row < DotFont.ROWS * dot; row++) {
      for (int column = 0; column < DotFont.COLUMNS * dot; column++) {
        if (DotFont.dot(letter, row / dot, column / dot)) {
          coverage[(y + row) * width + x + column] = 1;
        }
      }
    }
  }

  /** A straight stroke between the centres of two dots, in dots from the letter's upper left. */
  private record Stroke(double x0, double y0, double x1, double y1) {
    /** The distance of a point. */
    double distance(double x, double y) {
      double dx = x1 - x0;
      double dy = y1 - y0;
      double length = dx * dx + dy * dy;
      double along = length == 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / length;
      double at = Math.min(1, Math.max(0, along));
      double offX = x - x0 - at * dx;
      double offY = y - y0 - at * dy;
      return Math.sqrt(offX * offX + offY * offY);
    }
  }

  /**
   * Strokes join dots that touch by a side, and by a corner where no third dot joins them already.
   */
  private static List<Stroke> strokes(char letter) {
    List<Stroke> strokes = new ArrayList<>();
    for (int row = 0; row < DotFont.ROWS; row++) {
      for (int column = 0; column < DotFont.COLUMNS; column++) {
        if (DotFont.dot(letter, row, column)) {
          strokes.addAll(from(letter, row, column));
        }
      }
    }
    return strokes;
  }

  private static List<Stroke> from(char letter, int row, int column) {
    List<Stroke> strokes = new ArrayList<>();
    boolean right = set(letter, row, column + 1);
    boolean below = set(letter, row + 1, column);
    boolean left = set(letter, row, column - 1);
    strokes.add(stroke(row, column, row, column));
    if (right) {
      strokes.add(stroke(row, column, row, column + 1));
    }
    if (below) {
      strokes.add(stroke(row, column, row + 1, column));
    }
    if (!right && !below && set(letter, row + 1, column + 1)) {
      strokes.add(stroke(row, column, row + 1, column + 1));
    }
    if (!left && !below && set(letter, row + 1, column - 1)) {
      strokes.add(stroke(row, column, row + 1, column - 1));
    }
    return strokes;
  }

  private static Stroke stroke(int row, int column, int toRow, int toColumn) {
    return new Stroke(column + 0.5, row + 0.5, toColumn + 0.5, toRow + 0.5);
  }

  private static boolean set(char letter, int row, int column) {
    return row < DotFont.ROWS
        && column >= 0
        && column < DotFont.COLUMNS
        && DotFont.dot(letter, row, column);
  }

  private void draw(Stroke stroke, double x, double y, double dot, double pen) {
    double reach = pen / 2 + 1 / dot;
    int fromX = pixel(x + (Math.min(stroke.x0, stroke.x1) - reach) * dot, width);
    int toX = pixel(x + (Math.max(stroke.x0, stroke.x1) + reach) * dot + 1, width);
    int fromY = pixel(y + (Math.min(stroke.y0, stroke.y1) - reach) * dot, height);
    int toY = pixel(y + (Math.max(stroke.y0, stroke.y1) + reach) * dot + 1, height);
    for (int row = fromY; row < toY; row++) {
      for (int column = fromX; column < toX; column++) {
        double off = stroke.distance((column + 0.5 - x) / dot, (row + 0.5 - y) / dot);
        double covered = Math.min(1, Math.max(0, 0.5 + (pen / 2 - off) * dot));
        int at = row * width + column;
        coverage[at] = Math.max(coverage[at], (float) covered);
      }
    }
  }

  private static int pixel(double at, int end) {
    return (int) Math.min(end, Math.max(0, Math.floor(at)));
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  float at(int x, int y) {
    return coverage[y * width + x];
  }

  /** Its mean. */
  double mean() {
    double sum = 0;
    for (float value : coverage) {
      sum += value;
    }
    return sum / coverage.length;
  }
}
