package dev.auscult.data.phantom;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Text burned into an upper corner: white 5 x 7 letters on a black box.
 *
 * @param text three letters
 * @param rightCorner whether in the image's upper right corner rather than the left one
 */
record Overlay(String text, boolean rightCorner) {
  private static final int LETTERS = 3;
  private static final Set<String> CODES =
      Arrays.stream(Finding.values()).map(Finding::code).collect(Collectors.toSet());

  /** The overlay a mode calls for; corner and letters depend on the stream only. */
  static Optional<Overlay> of(OverlayMode mode, Finding finding, Draw draw) {
    boolean rightCorner = draw.chance(0.5);
    List<Finding> others =
        Arrays.stream(Finding.values()).filter(candidate -> candidate != finding).toList();
    Finding other = draw.pick(others);
    return switch (mode) {
      case NONE -> Optional.empty();
      case TRUE_LABEL -> Optional.of(new Overlay(finding.code(), rightCorner));
      case CONTRADICTING -> Optional.of(new Overlay(other.code(), rightCorner));
      case UNRELATED -> Optional.of(new Overlay(unrelated(draw), rightCorner));
    };
  }

  private static String unrelated(Draw draw) {
    StringBuilder letters = new StringBuilder();
    do {
      letters.setLength(0);
      for (int i = 0; i < LETTERS; i++) {
        letters.append((char) ('A' + draw.below(26)));
      }
    } while (CODES.contains(letters.toString()));
    return letters.toString();
  }

  private static int scale(int size) {
    return Math.max(1, size / 64);
  }

  /** Paints box and letters into gray levels. */
  void burn(byte[] gray, int size) {
    int scale = scale(size);
    int left = left(size);
    box(gray, size, (byte) 8);
    for (int i = 0; i < text.length(); i++) {
      int x = left + scale + i * 6 * scale;
      BitmapFont.paint(text.charAt(i), gray, size, x, 2 * scale, scale);
    }
  }

  /** Paints the box alone. */
  void box(byte[] gray, int size, byte level) {
    int scale = scale(size);
    int left = left(size);
    for (int y = scale; y < scale + 9 * scale; y++) {
      int from = y * size + left;
      Arrays.fill(gray, from, from + width(scale), level);
    }
  }

  private static int width(int scale) {
    return (6 * LETTERS + 1) * scale;
  }

  private int left(int size) {
    int scale = scale(size);
    return rightCorner ? size - scale - width(scale) : scale;
  }
}
