package dev.auscult.image;

/** A step of a preprocessing that turns 8-bit pixels into 8-bit pixels. */
public sealed interface PixelStep permits PixelStep.Stretch, PixelStep.Gray, Fit {

  /** The image after this step. */
  RgbImage apply(RgbImage image);

  /**
   * Maps the darkest sample of the image, over all channels, to 0 and the brightest to 255, in
   * double precision and rounded down, as BioViL's {@code remap_to_uint8} does. An image of one
   * level becomes black.
   */
  record Stretch() implements PixelStep {
    @Override
    public RgbImage apply(RgbImage image) {
      int darkest = 255;
      int brightest = 0;
      for (byte sample : image.bytes()) {
        darkest = Math.min(darkest, sample & 0xff);
        brightest = Math.max(brightest, sample & 0xff);
      }
      byte[] table = new byte[256];
      for (int sample = darkest; sample <= brightest && brightest > darkest; sample++) {
        double share = (double) (sample - darkest) / (brightest - darkest);
        table[sample] = (byte) (int) (share * 255);
      }
      byte[] out = image.toBytes();
      for (int i = 0; i < out.length; i++) {
        out[i] = table[out[i] & 0xff];
      }
      return new RgbImage(image.width(), image.height(), out);
    }
  }

  /**
   * Replaces the three channels by their luma, ITU-R BT.601 in 16-bit fixed point as Pillow's
   * {@code convert("L")}; a gray image stays as it is.
   */
  record Gray() implements PixelStep {
    private static final int RED = 19595;
    private static final int GREEN = 38470;
    private static final int BLUE = 7471;
    private static final int HALF = 1 << 15;

    @Override
    public RgbImage apply(RgbImage image) {
      byte[] rgb = image.toBytes();
      for (int i = 0; i < rgb.length; i += 3) {
        int luma =
            (rgb[i] & 0xff) * RED + (rgb[i + 1] & 0xff) * GREEN + (rgb[i + 2] & 0xff) * BLUE + HALF;
        byte gray = (byte) (luma >> 16);
        rgb[i] = gray;
        rgb[i + 1] = gray;
        rgb[i + 2] = gray;
      }
      return new RgbImage(image.width(), image.height(), rgb);
    }
  }
}
