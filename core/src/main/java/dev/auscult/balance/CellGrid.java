package dev.auscult.balance;

/**
 * The cells of a square image that are players, {@code side x side} of them row by row from the top
 * left.
 *
 * @param size side of the image in pixels
 * @param side cells along one side
 * @param margin whether cells are all {@code floor(size / side)} pixels wide and what is left at
 *     the right and at the bottom belongs to none; else cells cover the image, wider ones where
 *     {@code side} does not divide {@code size}
 */
record CellGrid(int size, int side, boolean margin) {

  CellGrid {
    if (side < 1 || side > size) {
      throw new IllegalArgumentException("%d cells along %d pixels".formatted(side, size));
    }
  }

  /** Cells that cover the image. */
  static CellGrid covering(int size, int side) {
    return new CellGrid(size, side, false);
  }

  /** Cells of one width, with an uncovered margin if that does not fit. */
  static CellGrid withMargin(int size, int side) {
    return new CellGrid(size, Math.min(side, size), size % side != 0);
  }

  /** Cells in all. */
  int count() {
    return side * side;
  }

  /** Where row or column {@code index} begins; {@code side} gives where the last one ends. */
  int edge(int index) {
    return margin ? index * (size / side) : (int) ((long) index * size / side);
  }

  /** The cell of the pixel at {@code position} along one side; -1 in the margin. */
  int indexAt(int position) {
    for (int index = 0; index < side; index++) {
      if (position < edge(index + 1)) {
        return index;
      }
    }
    return -1;
  }

  /** Whether every cell consists of whole squares of {@code patch} pixels and covers the image. */
  boolean consistsOf(int patch) {
    return !margin && size % patch == 0 && (size / patch) % side == 0;
  }
}
