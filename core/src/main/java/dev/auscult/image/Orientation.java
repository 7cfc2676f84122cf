package dev.auscult.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How stored pixels are turned for viewing: EXIF tag 0x0112 (CIPA DC-008, 4.6.5.1.5), in the order
 * of its values 1-8.
 */
enum Orientation {
  UPRIGHT,
  MIRRORED,
  UPSIDE_DOWN,
  FLIPPED,
  TRANSPOSED,
  TURNED_CLOCKWISE,
  TRANSVERSE,
  TURNED_COUNTERCLOCKWISE;

  private static final int TAG = 0x0112;
  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final Pattern XMP = Pattern.compile("tiff:Orientation(?:=\"|>)([0-9])");

  /**
   * From an EXIF block, which is a TIFF file.
   *
   * @return empty if the block is damaged or has no such tag
   */
  static Optional<Orientation> fromExif(byte[] tiff) {
    if (tiff.length < 8) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(tiff);
    in.order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = in.getInt(4);
    if (in.getShort(2) != 42 || directory < 8 || directory > tiff.length - 2) {
      return Optional.empty();
    }
    int entries = in.getShort(directory) & 0xffff;
    for (int i = 0, at = directory + 2; i < entries && at <= tiff.length - 12; i++, at += 12) {
      if ((in.getShort(at) & 0xffff) == TAG) {
        return ofValue(
            switch (in.getShort(at + 2)) {
              case BYTE -> in.get(at + 8);
              case SHORT -> in.getShort(at + 8);
              case LONG -> in.getInt(at + 8);
              default -> 0;
            });
      }
    }
    return Optional.empty();
  }

  /** From an XMP packet. */
  static Optional<Orientation> fromXmp(byte[] packet) {
    Matcher tag = XMP.matcher(new String(packet, StandardCharsets.ISO_8859_1));
    return tag.find() ? ofValue(tag.group(1).charAt(0) - '0') : Optional.empty();
  }

  /** An unknown value leaves the image as it is. */
  private static Optional<Orientation> ofValue(int value) {
    return Optional.of(value >= 1 && value <= 8 ? values()[value - 1] : UPRIGHT);
  }

  /** The image as a viewer shows it. */
  RgbImage apply(RgbImage stored) {
    int w = stored.width();
    int h = stored.height();
    int last = w * h - 1;
    return switch (this) {
      case UPRIGHT -> stored;
      case MIRRORED -> walk(stored, w, h, w - 1, -1, w);
      case UPSIDE_DOWN -> walk(stored, w, h, last, -1, -w);
      case FLIPPED -> walk(stored, w, h, last - (w - 1), 1, -w);
      case TRANSPOSED -> walk(stored, h, w, 0, w, 1);
      case TURNED_CLOCKWISE -> walk(stored, h, w, last - (w - 1), -w, 1);
      case TRANSVERSE -> walk(stored, h, w, last, -w, -1);
      case TURNED_COUNTERCLOCKWISE -> walk(stored, h, w, w - 1, w, -1);
    };
  }

  /** Reads the stored pixel {@code start + x * right + y * down} for each pixel (x, y). */
  private static RgbImage walk(
      RgbImage stored, int width, int height, int start, int right, int down) {
    byte[] in = stored.bytes();
    byte[] out = new byte[in.length];
    int to = 0;
    for (int y = 0; y < height; y++) {
      int from = 3 * (start + y * down);
      for (int x = 0; x < width; x++) {
        out[to] = in[from];
        out[to + 1] = in[from + 1];
        out[to + 2] = in[from + 2];
        to += 3;
        from += 3 * right;
      }
    }
    return new RgbImage(width, height, out);
  }
}
