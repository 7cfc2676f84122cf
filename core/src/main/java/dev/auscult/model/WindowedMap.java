package dev.auscult.model;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * A square map that a network attends to within windows (Liu 2021, section 3.2). Which pixels meet
 * in a window, at which distances, is known before any image is. Pixels are numbered row by row.
 *
 * @param side of the map in pixels
 * @param window side of a window, a divisor of {@code side}
 */
record WindowedMap(int side, int window) {

  /** Checks that windows tile the map. */
  WindowedMap {
    if (window < 1 || side % window != 0) {
      throw new IllegalArgumentException(
          "windows of %d do not tile a map of %d".formatted(window, side));
    }
  }

  /** How far a block's windows are shifted: every other by half a window, one window never. */
  int shift(int block) {
    return block % 2 == 0 || side == window ? 0 : window / 2;
  }

  /** All pixels, row by row. */
  long[] rows() {
    return LongStream.range(0, (long) side * side).toArray();
  }

  /**
   * All pixels window by window, each row by row.
   *
   * @param shift how many rows and columns further the first window begins; what lies before it
   *     follows at the end of the rows and columns
   */
  long[] windows(int shift) {
    long[] pixels = new long[side * side];
    for (int i = 0; i < pixels.length; i++) {
      int row = (row(i) + shift) % side;
      int column = (column(i) + shift) % side;
      pixels[i] = (long) row * side + column;
    }
    return pixels;
  }

  /** The row of the {@code i}th pixel of all windows, in the map as it is shifted. */
  private int row(int i) {
    return i / (side * window) * window + i / window % window;
  }

  /** Its column. */
  private int column(int i) {
    return i / (window * window) % (side / window) * window + i % window;
  }

  /**
   * All pixels by squares of two rows and two columns: top left, bottom left, top right, bottom
   * right.
   */
  long[] squares() {
    long[] pixels = new long[side * side];
    for (int i = 0; i < pixels.length; i++) {
      int square = i / 4;
      int row = square / (side / 2) * 2 + i % 2;
      int column = square % (side / 2) * 2 + i / 2 % 2;
      pixels[i] = (long) row * side + column;
    }
    return pixels;
  }

  /** Where the pixels of a wanted sequence stand in the present one. */
  static long[] places(long[] present, long[] wanted) {
    long[] places = new long[present.length];
    for (int i = 0; i < present.length; i++) {
      places[(int) present[i]] = i;
    }
    return Arrays.stream(wanted).map(pixel -> places[(int) pixel]).toArray();
  }

  /**
   * For each pair of pixels of a window the number of their offset, {@code [pixels, pixels]}: an
   * offset of {@code (rows, columns)} has the number {@code (rows + window - 1) (2 window - 1) +
   * columns + window - 1}.
   */
  long[] offsets() {
    int pixels = window * window;
    int span = 2 * window - 1;
    long[] offsets = new long[pixels * pixels];
    for (int i = 0; i < offsets.length; i++) {
      int from = i / pixels;
      int to = i % pixels;
      int rows = from / window - to / window + window - 1;
      int columns = from % window - to % window + window - 1;
      offsets[i] = (long) rows * span + columns;
    }
    return offsets;
  }

  /**
   * For each pair of pixels of each shifted window, {@code [windows, pixels, pixels]}, the given
   * penalty where the two come from opposite ends of the map, else 0.
   */
  float[] penalties(int shift, float penalty) {
    int pixels = window * window;
    float[] penalties = new float[side * side * pixels];
    for (int i = 0; i < penalties.length; i++) {
      int from = i / pixels;
      int to = from / pixels * pixels + i % pixels;
      boolean together =
          wrapped(row(from), shift) == wrapped(row(to), shift)
              && wrapped(column(from), shift) == wrapped(column(to), shift);
      penalties[i] = together ? 0 : penalty;
    }
    return penalties;
  }

  /** Whether a row or column of the shifted map has come round from the other end. */
  private boolean wrapped(int line, int shift) {
    return line >= side - shift;
  }
}
