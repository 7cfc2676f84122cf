package dev.auscult.pretrain;

import dev.auscult.image.RgbImage;
import dev.auscult.pretrain.PretrainConfig.Augmentation;
import java.util.SplittableRandom;

/**
 * One random change of an image: displaced, brighter or darker, with more or less contrast.
 *
 * @param right pixels to the right
 * @param down pixels downwards
 * @param gain contrast around mid-gray, 1 for unchanged
 * @param lift added to every sample, 0-255
 */
record ImageVariation(int right, int down, double gain, double lift) {
  private static final double MID_GRAY = 127.5;

  /** Draws a change within the limits, for images of {@code side x side} pixels. */
  static ImageVariation draw(Augmentation limits, int side, SplittableRandom random) {
    int reach = (int) Math.round(limits.shift() * side);
    return new ImageVariation(
        random.nextInt(2 * reach + 1) - reach,
        random.nextInt(2 * reach + 1) - reach,
        1 + limits.contrast() * (2 * random.nextDouble() - 1),
        255 * limits.brightness() * (2 * random.nextDouble() - 1));
  }

  /** The changed image, of the same size; where nothing moved in it is black. */
  RgbImage apply(RgbImage image) {
    int width = image.width();
    int height = image.height();
    byte[] from = image.toBytes();
    byte[] to = new byte[from.length];
    byte[] tone = tones();
    int left = Math.max(0, right);
    int end = Math.min(width, width + right);
    for (int y = Math.max(0, down); y < Math.min(height, height + down); y++) {
      int source = 3 * ((y - down) * width + left - right);
      int target = 3 * (y * width + left);
      for (int i = 0; i < 3 * (end - left); i++) {
        to[target + i] = tone[from[source + i] & 0xff];
      }
    }
    return new RgbImage(width, height, to);
  }

  private byte[] tones() {
    byte[] tones = new byte[256];
    for (int sample = 0; sample < tones.length; sample++) {
      double changed = (sample - MID_GRAY) * gain + MID_GRAY + lift;
      tones[sample] = (byte) (int) Math.max(0, Math.min(255, Math.rint(changed)));
    }
    return tones;
  }
}
