package dev.auscult.data.phantom;

/** Capital letters of 5 x 7 dots, so that burned-in text has the same pixels everywhere. */
final class BitmapFont {
  private static final byte WHITE = (byte) 250;

  private static final String[] LETTERS = {
    "01110 10001 10001 11111 10001 10001 10001", // A
    "11110 10001 10001 11110 10001 10001 11110", // B
    "01111 10000 10000 10000 10000 10000 01111", // C
    "11110 10001 10001 10001 10001 10001 11110", // D
    "11111 10000 10000 11110 10000 10000 11111", // E
    "11111 10000 10000 11110 10000 10000 10000", // F
    "01111 10000 10000 10111 10001 10001 01111", // G
    "10001 10001 10001 11111 10001 10001 10001", // H
    "11111 00100 00100 00100 00100 00100 11111", // I
    "00111 00010 00010 00010 00010 10010 01100", // J
    "10001 10010 10100 11000 10100 10010 10001", // K
    "10000 10000 10000 10000 10000 10000 11111", // L
    "10001 11011 10101 10101 10001 10001 10001", // M
    "10001 11001 10101 10011 10001 10001 10001", // N
    "01110 10001 10001 10001 10001 10001 01110", // O
    "11110 10001 10001 11110 10000 10000 10000", // P
    "01110 10001 10001 10001 10101 10010 01101", // Q
    "11110 10001 10001 11110 10100 10010 10001", // R
    "01111 10000 10000 01110 00001 00001 11110", // S
    "11111 00100 00100 00100 00100 00100 00100", // T
    "10001 10001 10001 10001 10001 10001 01110", // U
    "10001 10001 10001 10001 10001 01010 00100", // V
    "10001 10001 10001 10101 10101 11011 10001", // W
    "10001 01010 00100 00100 00100 01010 10001", // X
    "10001 01010 00100 00100 00100 00100 00100", // Y
    "11111 00001 00010 00100 01000 10000 11111", // Z
  };

  private BitmapFont() {}

  /** Paints a letter, each dot a square of {@code scale} pixels, with its upper left at (x, y). */
  static void paint(char letter, byte[] gray, int size, int x, int y, int scale) {
    String dots = LETTERS[letter - 'A'];
    for (int row = 0; row < 7; row++) {
      for (int column = 0; column < 5; column++) {
        if (dots.charAt(row * 6 + column) == '1') {
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
