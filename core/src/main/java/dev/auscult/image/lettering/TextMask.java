package dev.auscult.image.lettering;

import dev.auscult.image.RgbImage;
import java.util.Arrays;
import java.util.List;

/** Covers what is taken for text with the colour around it. */
public final class TextMask {
  /** Pixels beyond a box that are covered too: blurred edges of letters. */
  private static final int RIM = 2;

  private TextMask() {}

  /** The image with every place covered that {@link TextFinder} takes for text. */
  public static RgbImage cover(RgbImage image) {
    return cover(image, TextFinder.in(image));
  }

  /** The image with places covered, each with the median colour of the pixels around it. */
  static RgbImage cover(RgbImage image, List<FoundText> found) {
    byte[] rgb = image.toBytes();
    for (FoundText text : found) {
      fill(image, text.box().grown(RIM, image.width(), image.height()), rgb);
    }
    return new RgbImage(image.width(), image.height(), rgb);
  }

  private static void fill(RgbImage image, Box box, byte[] rgb) {
    for (int channel = 0; channel < 3; channel++) {
      byte level = (byte) around(image, box, channel);
      for (int y = box.top(); y < box.bottom(); y++) {
        for (int x = box.left(); x < box.right(); x++) {
          rgb[3 * (y * image.width() + x) + channel] = level;
        }
      }
    }
  }

  /** The median of the pixels that touch the box, or of the box where it is the whole image. */
  private static int around(RgbImage image, Box box, int channel) {
    Box outer = box.grown(1, image.width(), image.height());
    boolean whole = outer.equals(box);
    int[] levels = new int[(int) outer.area()];
    int count = 0;
    for (int y = outer.top(); y < outer.bottom(); y++) {
      for (int x = outer.left(); x < outer.right(); x++) {
        if (whole || new Box(x, y, 1, 1).overlap(box) == 0) {
          levels[count++] = image.sample(x, y, channel);
        }
      }
    }
    Arrays.sort(levels, 0, count);
    return levels[count / 2];
  }
}
