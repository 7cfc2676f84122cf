package dev.auscult.image;

/** From the components of a JPEG image to RGB, in the fixed-point arithmetic of libjpeg. */
final class JpegColours {
  private static final int FRACTION_BITS = 16;
  private static final int HALF = 1 << (FRACTION_BITS - 1);

  /** JFIF 1.02: R = Y + 1.402 Cr, G = Y - 0.34414 Cb - 0.71414 Cr, B = Y + 1.772 Cb. */
  private static final int CR_TO_RED = fixed(1.402);

  private static final int CB_TO_GREEN = fixed(0.34414);
  private static final int CR_TO_GREEN = fixed(0.71414);
  private static final int CB_TO_BLUE = fixed(1.772);

  private JpegColours() {}

  static byte[] grayToRgb(byte[] gray) {
    byte[] rgb = new byte[3 * gray.length];
    for (int i = 0; i < gray.length; i++) {
      rgb[3 * i] = gray[i];
      rgb[3 * i + 1] = gray[i];
      rgb[3 * i + 2] = gray[i];
    }
    return rgb;
  }

  /** Converts in place: images are large. */
  static byte[] yccToRgb(byte[] samples) {
    for (int i = 0; i < samples.length; i += 3) {
      yccToRgb(samples, i);
    }
    return samples;
  }

  /**
   * Four components, of which Adobe's applications, and so everybody, store the complement.
   *
   * @param ycc whether the first three are luminance and chrominance
   */
  static byte[] cmykToRgb(byte[] samples, boolean ycc) {
    byte[] rgb = new byte[samples.length / 4 * 3];
    for (int from = 0, to = 0; from < samples.length; from += 4, to += 3) {
      if (ycc) {
        yccToRgb(samples, from);
      }
      int paper = samples[from + 3] & 0xff;
      for (int c = 0; c < 3; c++) {
        int ink = ycc ? samples[from + c] & 0xff : 255 - (samples[from + c] & 0xff);
        rgb[to + c] = toByte(paper - product(ink, paper));
      }
    }
    return rgb;
  }

  private static void yccToRgb(byte[] samples, int at) {
    int y = samples[at] & 0xff;
    int cb = (samples[at + 1] & 0xff) - 128;
    int cr = (samples[at + 2] & 0xff) - 128;
    samples[at] = toByte(y + ((CR_TO_RED * cr + HALF) >> FRACTION_BITS));
    samples[at + 1] = toByte(y + ((-CB_TO_GREEN * cb - CR_TO_GREEN * cr + HALF) >> FRACTION_BITS));
    samples[at + 2] = toByte(y + ((CB_TO_BLUE * cb + HALF) >> FRACTION_BITS));
  }

  /** a * b / 255, rounded. */
  private static int product(int a, int b) {
    int scaled = a * b + 128;
    return ((scaled >> 8) + scaled) >> 8;
  }

  private static int fixed(double factor) {
    return (int) (factor * (1 << FRACTION_BITS) + 0.5);
  }

  private static byte toByte(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }
}
