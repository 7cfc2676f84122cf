package dev.auscult.balance;

import dev.auscult.image.PixelBatch;
import java.util.Arrays;

/** What shows in place of absent cells: an image of the same size without its details. */
final class Baseline {
  /** The blur's standard deviation is the image's side divided by this. */
  private static final double SIDES_PER_SIGMA = 16;

  /** The Gaussian is cut off at so many standard deviations, as SciPy's. */
  private static final double TRUNCATE = 4;

  private Baseline() {}

  /** Every channel's mean everywhere. */
  static float[] mean(PixelBatch image) {
    int each = image.height() * image.width();
    float[] mean = new float[image.valuesPerImage()];
    for (int channel = 0; channel < image.channels(); channel++) {
      double sum = 0;
      for (int i = channel * each; i < (channel + 1) * each; i++) {
        sum += image.values()[i];
      }
      Arrays.fill(mean, channel * each, (channel + 1) * each, (float) (sum / each));
    }
    return mean;
  }

  /**
   * The image under a Gaussian of one sixteenth of its side; what is outside continues the edge.
   */
  static float[] blurred(PixelBatch image) {
    double[] kernel = gaussian(image.width() / SIDES_PER_SIGMA);
    int each = image.height() * image.width();
    float[] blurred = new float[image.valuesPerImage()];
    for (int channel = 0; channel < image.channels(); channel++) {
      double[] plane = new double[each];
      for (int i = 0; i < each; i++) {
        plane[i] = image.values()[channel * each + i];
      }
      plane = alongColumns(plane, image.height(), image.width(), kernel);
      plane = alongRows(plane, image.height(), image.width(), kernel);
      for (int i = 0; i < each; i++) {
        blurred[channel * each + i] = (float) plane[i];
      }
    }
    return blurred;
  }

  private static double[] gaussian(double sigma) {
    int radius = (int) (TRUNCATE * sigma + 0.5);
    double[] kernel = new double[2 * radius + 1];
    double sum = 0;
    for (int i = -radius; i <= radius; i++) {
      kernel[i + radius] = Math.exp(-0.5 * i * i / (sigma * sigma));
      sum += kernel[i + radius];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
    return kernel;
  }

  private static double[] alongRows(double[] plane, int height, int width, double[] kernel) {
    int radius = kernel.length / 2;
    double[] result = new double[plane.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int i = -radius; i <= radius; i++) {
          sum += kernel[i + radius] * plane[y * width + inside(x + i, width)];
        }
        result[y * width + x] = sum;
      }
    }
    return result;
  }

  private static double[] alongColumns(double[] plane, int height, int width, double[] kernel) {
    int radius = kernel.length / 2;
    double[] result = new double[plane.length];
    for (int y = 0; y < height; y++) {
      for (int i = -radius; i <= radius; i++) {
        int from = inside(y + i, height) * width;
        for (int x = 0; x < width; x++) {
          result[y * width + x] += kernel[i + radius] * plane[from + x];
        }
      }
    }
    return result;
  }

  private static int inside(int at, int length) {
    return Math.max(0, Math.min(length - 1, at));
  }
}
