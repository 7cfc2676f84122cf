package dev.auscult.data;

import dev.auscult.base.ContentHash;
import dev.auscult.base.Seed;
import dev.auscult.image.RgbImage;
import java.util.SplittableRandom;

/**
 * A randomly changed copy of an image, as MedCLIP's training makes them (Wang et al. 2022, their
 * published code): brightness and contrast by up to 20 %, rotation by up to 10 degrees, scale
 * 0.8-1.1, shift by up to 6.25 % of each side, black moving in, and a crop of 7/8 of each side.
 * Their mirror image is left out: it would make a left-sided finding a right-sided one.
 *
 * <p>The view depends on the image's content, the seed and its number alone, so that its embedding
 * can be kept.
 *
 * @param source the image
 * @param seed of all views
 * @param number which view, from 1
 */
public record MedClipView(ImageSource source, Seed seed, int number) implements ImageSource {
  private static final String VERSION = "medclip view/1";
  private static final double JITTER = 0.2;
  private static final double DEGREES = 10;
  private static final double SMALLEST = 0.8;
  private static final double LARGEST = 1.1;
  private static final double SHIFT = 0.0625;
  private static final double CROP = 224.0 / 256;

  @Override
  public String name() {
    return source.name() + " view " + number;
  }

  @Override
  public ContentHash hash() {
    return ContentHash.of(
        VERSION, source.hash().hex(), Long.toString(seed.value()), Integer.toString(number));
  }

  @Override
  public RgbImage read() {
    SplittableRandom random = seed.derive(source.hash().hex()).derive(number).random();
    RgbImage image = source.read();
    return cropped(moved(jittered(image, random), random), random);
  }

  private static double uniform(SplittableRandom random, double from, double to) {
    return from + (to - from) * random.nextDouble();
  }

  /** Brightness scales; contrast scales the distance from the mean gray. */
  private static RgbImage jittered(RgbImage image, SplittableRandom random) {
    double brightness = uniform(random, 1 - JITTER, 1 + JITTER);
    double contrast = uniform(random, 1 - JITTER, 1 + JITTER);
    byte[] values = image.toBytes();
    double gray = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = level((values[i] & 0xff) * brightness);
      gray += values[i] & 0xff;
    }
    double mean = gray / values.length;
    for (int i = 0; i < values.length; i++) {
      values[i] = level(mean + contrast * ((values[i] & 0xff) - mean));
    }
    return new RgbImage(image.width(), image.height(), values);
  }

  private static byte level(double value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
  }

  /** Rotates and scales about the centre, then shifts; each pixel is its source's nearest. */
  private static RgbImage moved(RgbImage image, SplittableRandom random) {
    double angle = StrictMath.toRadians(uniform(random, -DEGREES, DEGREES));
    double scale = uniform(random, SMALLEST, LARGEST);
    double centreX = image.width() / 2.0;
    double centreY = image.height() / 2.0;
    double toX = centreX + Math.round(uniform(random, -SHIFT, SHIFT) * image.width());
    double toY = centreY + Math.round(uniform(random, -SHIFT, SHIFT) * image.height());
    double cos = StrictMath.cos(angle) / scale;
    double sin = StrictMath.sin(angle) / scale;
    byte[] values = new byte[3 * image.width() * image.height()];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        double dx = x + 0.5 - toX;
        double dy = y + 0.5 - toY;
        int fromX = (int) Math.floor(centreX + cos * dx + sin * dy);
        int fromY = (int) Math.floor(centreY - sin * dx + cos * dy);
        if (fromX >= 0 && fromX < image.width() && fromY >= 0 && fromY < image.height()) {
          copy(image, fromX, fromY, values, 3 * (y * image.width() + x));
        }
      }
    }
    return new RgbImage(image.width(), image.height(), values);
  }

  private static void copy(RgbImage image, int x, int y, byte[] to, int at) {
    for (int channel = 0; channel < 3; channel++) {
      to[at + channel] = (byte) image.sample(x, y, channel);
    }
  }

  private static RgbImage cropped(RgbImage image, SplittableRandom random) {
    int width = Math.max(1, (int) Math.round(CROP * image.width()));
    int height = Math.max(1, (int) Math.round(CROP * image.height()));
    int left = random.nextInt(image.width() - width + 1);
    int top = random.nextInt(image.height() - height + 1);
    byte[] values = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        copy(image, left + x, top + y, values, 3 * (y * width + x));
      }
    }
    return new RgbImage(width, height, values);
  }
}
