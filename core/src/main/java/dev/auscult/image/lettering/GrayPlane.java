package dev.auscult.image.lettering;

import dev.auscult.image.RgbImage;

/**
 * Brightness of an image, small enough to look for letters: larger images are averaged over squares
 * of whole pixels.
 */
final class GrayPlane {
  /** The longest side that is looked at. */
  private static final int LONGEST = 1280;

  private final int width;
  private final int height;
  private final int factor;
  private final int[] levels;

  private GrayPlane(int width, int height, int factor, int[] levels) {
    this.width = width;
    this.height = height;
    this.factor = factor;
    this.levels = levels;
  }

  /** The plane of an image: luma of BT.601, 0-255. */
  static GrayPlane of(RgbImage image) {
    int longest = Math.max(image.width(), image.height());
    int factor = (longest + LONGEST - 1) / LONGEST;
    int width = Math.max(1, image.width() / factor);
    int height = Math.max(1, image.height() / factor);
    int[] levels = new int[width * height];
    int across = Math.min(factor, image.width());
    int down = Math.min(factor, image.height());
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        levels[y * width + x] = mean(image, x * factor, y * factor, across, down);
      }
    }
    return new GrayPlane(width, height, factor, levels);
  }

  private static int mean(RgbImage image, int left, int top, int across, int down) {
    long sum = 0;
    for (int y = top; y < top + down; y++) {
      for (int x = left; x < left + across; x++) {
        sum +=
            299L * image.sample(x, y, 0)
                + 587L * image.sample(x, y, 1)
                + 114L * image.sample(x, y, 2);
      }
    }
    return (int) (sum / (1000L * across * down));
  }

  /** Dark where this is bright. */
  GrayPlane inverted() {
    int[] other = new int[levels.length];
    for (int i = 0; i < other.length; i++) {
      other[i] = 255 - levels[i];
    }
    return new GrayPlane(width, height, factor, other);
  }

  /**
   * How much brighter each pixel is than the brightest square of {@code side} pixels that has it:
   * the white top-hat, in which only what is thinner than the square stays.
   */
  GrayPlane topHat(int side) {
    int[] opened = filter(filter(levels, side, true), side, false);
    int[] hat = new int[levels.length];
    for (int i = 0; i < hat.length; i++) {
      hat[i] = levels[i] - opened[i];
    }
    return new GrayPlane(width, height, factor, hat);
  }

  private int[] filter(int[] from, int side, boolean erode) {
    int before = erode ? side / 2 : side - 1 - side / 2;
    int[] rows = new int[from.length];
    for (int y = 0; y < height; y++) {
      slide(from, rows, y * width, 1, width, side, before, erode);
    }
    int[] both = new int[from.length];
    for (int x = 0; x < width; x++) {
      slide(rows, both, x, width, height, side, before, erode);
    }
    return both;
  }

  /** Least or largest value in a window that slides over one row or column; a queue of indices. */
  private static void slide(
      int[] from, int[] to, int start, int step, int count, int side, int before, boolean least) {
    int[] queue = new int[count];
    int head = 0;
    int tail = 0;
    int next = 0;
    for (int i = 0; i < count; i++) {
      int last = Math.min(count - 1, i - before + side - 1);
      for (; next <= last; next++) {
        int value = from[start + next * step];
        while (tail > head) {
          int held = from[start + queue[tail - 1] * step];
          if (least ? held < value : held > value) {
            break;
          }
          tail--;
        }
        queue[tail++] = next;
      }
      while (queue[head] < i - before) {
        head++;
      }
      to[start + i * step] = from[start + queue[head] * step];
    }
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** How many pixels of the image one pixel of the plane has along a side. */
  int factor() {
    return factor;
  }

  int at(int x, int y) {
    return levels[y * width + x];
  }

  int at(int index) {
    return levels[index];
  }
}
