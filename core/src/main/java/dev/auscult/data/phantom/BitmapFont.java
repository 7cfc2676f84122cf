package dev.auscult.data.phantom;

import dev.auscult.image.lettering.DotFont;

/** Paints letters of 5 x 7 dots, so that burned-in text has the same pixels everywhere. */
final class BitmapFont {
  private static final byte WHITE = (byte) 250;

  private BitmapFont() {}

  /** Paints a letter, each dot a square of {@code scale} pixels, with its upper left at (x, y). */
  static void paint(char letter, byte[] gray, int size, int x, int y, int scale) {
    for (int row = 0; row < DotFont.ROWS; row++) {
      for (int column = 0; column < DotFont.COLUMNS; column++) {
        if (DotFont.dot(letter, row, column)) {
          dot(gray, size, x + column * scale, y + row * scale, scale);
        }
      }
    }
  }

  private static void dot(byte[] gray, int size, int x, int y, int scale) {
    for (int row = y; row < y + scale; row++) {
      for (int column = x; column < x + scale; column++) {
        gray[row * size + column] = WHITE;
      }
    }
  }
}
