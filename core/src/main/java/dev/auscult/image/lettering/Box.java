package dev.auscult.image.lettering;

import java.util.List;

/**
 * A rectangle of pixels.
 *
 * @param left its first column
 * @param top its first row
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record Box(int left, int top, int width, int height) {

  /** Checks the size. */
  public Box {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("a box of %d x %d".formatted(width, height));
    }
  }

  /** The column after its last. */
  public int right() {
    return left + width;
  }

  /** The row after its last. */
  public int bottom() {
    return top + height;
  }

  /** Its pixels. */
  public long area() {
    return (long) width * height;
  }

  /** The smallest box around both. */
  public Box union(Box other) {
    int first = Math.min(left, other.left);
    int upper = Math.min(top, other.top);
    return new Box(
        first,
        upper,
        Math.max(right(), other.right()) - first,
        Math.max(bottom(), other.bottom()) - upper);
  }

  /** The pixels that both have. */
  public long overlap(Box other) {
    int across = Math.min(right(), other.right()) - Math.max(left, other.left);
    int down = Math.min(bottom(), other.bottom()) - Math.max(top, other.top);
    return (long) Math.max(0, across) * Math.max(0, down);
  }

  /** The share of its pixels that some of the given boxes have, 0 to 1. */
  public double coveredBy(List<Box> others) {
    List<Box> near = others.stream().filter(other -> overlap(other) > 0).toList();
    long covered = 0;
    for (int y = top; y < bottom(); y++) {
      for (int x = left; x < right(); x++) {
        covered += isIn(near, x, y) ? 1 : 0;
      }
    }
    return (double) covered / area();
  }

  private static boolean isIn(List<Box> boxes, int x, int y) {
    for (Box box : boxes) {
      if (x >= box.left && x < box.right() && y >= box.top && y < box.bottom()) {
        return true;
      }
    }
    return false;
  }

  /** The box grown by {@code pixels} on every side, within an image of the given size. */
  public Box grown(int pixels, int imageWidth, int imageHeight) {
    int first = Math.max(0, left - pixels);
    int upper = Math.max(0, top - pixels);
    return new Box(
        first,
        upper,
        Math.min(imageWidth, right() + pixels) - first,
        Math.min(imageHeight, bottom() + pixels) - upper);
  }
}
