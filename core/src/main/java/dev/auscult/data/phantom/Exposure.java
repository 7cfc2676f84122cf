package dev.auscult.data.phantom;

import dev.auscult.image.RgbImage;

/** From densities to pixels, the way a scanner shows them. */
final class Exposure {
  /** Half the width of the box that blurs degraded images, as a fraction of the side. */
  private static final float BLUR = 0.06f;

  /** Standard deviation of the noise of degraded images, as a fraction of full scale. */
  private static final float DEGRADED_NOISE = 0.2f;

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
    if (truth.degraded()) {
      exposure.degrade(light, truth.stream("degradation"));
    }
    byte[] gray = exposure.digitised(light, truth.stream("noise"));
    exposure.collimate(gray);
    return gray;
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

  /** Thrice a box blur, which is nearly a Gaussian one, then noise. */
  private void degrade(float[] light, Draw draw) {
    int radius = Math.max(1, Math.round(BLUR * size));
    for (int pass = 0; pass < 3; pass++) {
      blur(light, radius, size, 1);
      blur(light, radius, 1, size);
    }
    for (int i = 0; i < light.length; i++) {
      light[i] += DEGRADED_NOISE * nearlyNormal((int) draw.bits());
    }
  }

  /**
   * Means of {@code 2 radius + 1} neighbours along each line; at the border of those there are.
   *
   * @param line distance of the first pixels of two lines
   * @param step distance of two pixels of one line
   */
  private void blur(float[] light, int radius, int line, int step) {
    float[] source = new float[size];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        source[x] = light[y * line + x * step];
      }
      for (int x = 0; x < size; x++) {
        int from = Math.max(0, x - radius);
        int to = Math.min(size - 1, x + radius);
        float sum = 0;
        for (int k = from; k <= to; k++) {
          sum += source[k];
        }
        light[y * line + x * step] = sum / (to - from + 1);
      }
    }
  }

  private byte[] digitised(float[] light, Draw draw) {
    byte[] gray = new byte[light.length];
    float noise = truth.scanner().noise() * 255f;
    float[] falloff = falloff();
    long bits = 0;
    for (int y = 0; y < size; y++) {
      float shadeOfRow = 255f * (1f - falloff[y]);
      for (int x = 0; x < size; x++) {
        int i = y * size + x;
        bits = (i & 1) == 0 ? draw.bits() : bits >>> 32;
        float value =
            light[i] * (shadeOfRow - 255f * falloff[x]) + noise * nearlyNormal((int) bits);
        gray[i] = (byte) (int) Math.min(255f, Math.max(0f, value + 0.5f));
      }
    }
    return gray;
  }

  /** The vignette's share of one coordinate: it is the same across and down, and they add up. */
  private float[] falloff() {
    float[] falloff = new float[size];
    for (int i = 0; i < size; i++) {
      float r = (i + 0.5f) / size * 2f - 1f;
      falloff[i] = truth.scanner().vignette() * r * r;
    }
    return falloff;
  }

  /** The sum of four uniform bytes, centred, with unit variance. */
  private static float nearlyNormal(int bits) {
    int sum = (bits & 0xff) + (bits >>> 8 & 0xff) + (bits >>> 16 & 0xff) + (bits >>> 24);
    return (sum - 510) * (1f / 147.8f);
  }

  private void collimate(byte[] gray) {
    int border = (int) (truth.site().border() * size + 0.5);
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < border; k++) {
        gray[i * size + k] = 0;
        gray[i * size + size - 1 - k] = 0;
        gray[k * size + i] = 0;
        gray[(size - 1 - k) * size + i] = 0;
      }
    }
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
