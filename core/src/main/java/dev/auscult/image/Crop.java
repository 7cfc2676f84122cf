package dev.auscult.image;

import java.util.Arrays;

/**
 * The centre of an image at a fixed size; where the image is smaller it is padded.
 *
 * @param size of the result
 * @param centring how an odd margin is divided
 * @param fill gray level of the padding, 0-255
 */
public record Crop(PixelSize size, Centring centring, int fill) {

  /** Which side takes the odd pixel. */
  public enum Centring {
    /** Cut: the smaller half at the top and left. Padded: the larger half there. */
    TRANSFORMERS {
      @Override
      long cut(long margin) {
        return margin / 2;
      }

      @Override
      int padding(int margin) {
        return (margin + 1) / 2;
      }
    },
    /** Cut: half of the margin, rounded to even. Padded: the smaller half at the top and left. */
    TORCHVISION {
      @Override
      long cut(long margin) {
        return (long) Math.rint(margin / 2.0);
      }

      @Override
      int padding(int margin) {
        return margin / 2;
      }
    };

    /** How much of {@code margin} surplus pixels is cut off at the top or left. */
    abstract long cut(long margin);

    /** How much of {@code margin} missing pixels is added at the top or left. */
    abstract int padding(int margin);
  }

  /** Checks the gray level. */
  public Crop {
    if (fill < 0 || fill > 255) {
      throw new IllegalArgumentException("not a gray level: " + fill);
    }
  }

  /** Cut or padded with black as transformers' {@code center_crop} does. */
  public static Crop transformers(PixelSize size) {
    return new Crop(size, Centring.TRANSFORMERS, 0);
  }

  /** Cut or padded with black as torchvision's {@code CenterCrop} does. */
  public static Crop torchvision(PixelSize size) {
    return new Crop(size, Centring.TORCHVISION, 0);
  }

  /** The part of an image of {@code extent} that is kept. */
  Resampler.Window window(Resampler.Extent extent) {
    return new Resampler.Window(
        centring.cut(Math.max(0, extent.height() - size.height())),
        centring.cut(Math.max(0, extent.width() - size.width())),
        (int) Math.min(size.height(), extent.height()),
        (int) Math.min(size.width(), extent.width()));
  }

  /** Centres an image that is nowhere larger than {@link #size()}. */
  RgbImage pad(RgbImage image) {
    if (image.width() == size.width() && image.height() == size.height()) {
      return image;
    }
    byte[] in = image.bytes();
    byte[] out = new byte[Math.multiplyExact(3 * size.width(), size.height())];
    Arrays.fill(out, (byte) fill);
    int top = centring.padding(size.height() - image.height());
    int left = centring.padding(size.width() - image.width());
    for (int y = 0; y < image.height(); y++) {
      int from = 3 * y * image.width();
      int to = 3 * ((top + y) * size.width() + left);
      System.arraycopy(in, from, out, to, 3 * image.width());
    }
    return new RgbImage(size.width(), size.height(), out);
  }
}
