package dev.auscult.data.phantom;

import dev.auscult.image.RgbImage;

/** From densities to pixels, the way a scanner shows them. */
final class Exposure {
  private final Phantom truth;
  private final int size;

  private Exposure(Phantom truth) {
    this.truth = truth;
    this.size = truth.size();
  }

  /** The finished gray levels without any burned-in text. */
  static byte[] develop(Phantom truth, Raster densities) {
    Exposure exposure = new Exposure(truth);
    float[] light = exposure.toned(densities.values, truth.stream("exposure"));
    exposure.sharpen(light);
    return exposure.digitised(light, truth.stream("noise"));
  }

  private float[] toned(float[] densities, Draw draw) {
    float gain = (float) draw.uniform(0.95, 1.05);
    float lift = (float) draw.uniform(-0.02, 0.02);
    float[] light = new float[densities.length];
    for (int i = 0; i < light.length; i++) {
      light[i] = truth.scanner().tone(densities[i] * gain + lift);
    }
    return light;
  }

  /** Unsharp mask with a 3 x 3 mean; the outermost pixels stay as they are. */
  private void sharpen(float[] light) {
    float strength = truth.scanner().sharpening();
    if (strength == 0f) {
      return;
    }
    float[] rows = new float[light.length];
    for (int i = 1; i < light.length - 1; i++) {
      rows[i] = light[i - 1] + light[i] + light[i + 1];
    }
    float[] source = light.clone();
    for (int y = 1; y < size - 1; y++) {
      for (int x = 1; x < size - 1; x++) {
        int i = y * size + x;
        float mean = (rows[i - size] + rows[i] + rows[i + size]) * (1f / 9f);
        light[i] = source[i] + strength * (source[i] - mean);
      }
    }
  }

  private byte[] digitised(float[] light, Draw draw) {
    byte[] gray = new byte[light.length];
    int border = (int) (truth.site().border() * size + 0.5);
    float noise = truth.scanner().noise() * 255f;
    float vignette = truth.scanner().vignette();
    for (int y = 0; y < size; y++) {
      float ry = (y + 0.5f) / size * 2f - 1f;
      for (int x = 0; x < size; x++) {
        float rx = (x + 0.5f) / size * 2f - 1f;
        float shade = 1f - vignette * (rx * rx + ry * ry);
        int i = y * size + x;
        float value = light[i] * shade * 255f + noise * nearlyNormal(draw.bits());
        boolean collimated = x < border || y < border || x >= size - border || y >= size - border;
        gray[i] = collimated ? 0 : (byte) (int) Math.min(255f, Math.max(0f, value + 0.5f));
      }
    }
    return gray;
  }

  /** The sum of four uniform 16-bit numbers, centred, with unit variance. */
  private static float nearlyNormal(long bits) {
    long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
    return (sum - 131070L) * (1f / 37837f);
  }

  /** Gray levels as an RGB image. */
  static RgbImage rgb(int size, byte[] gray) {
    byte[] rgb = new byte[3 * gray.length];
    for (int i = 0; i < gray.length; i++) {
      rgb[3 * i] = gray[i];
      rgb[3 * i + 1] = gray[i];
      rgb[3 * i + 2] = gray[i];
    }
    return new RgbImage(size, size, rgb);
  }
}
