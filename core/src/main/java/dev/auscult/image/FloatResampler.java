package dev.auscult.image;

import dev.auscult.image.TensorResize.Kernel;

/**
 * What each output position takes from which input positions along one dimension, in 32-bit floats
 * like PyTorch's CPU kernels.
 */
final class FloatResampler {
  private static final float A = -0.75f;
  private static final int SUPPORT = 2;

  private final int inSize;
  private final int outSize;
  private final int taps;
  private final int[] positions;
  private final float[] weights;

  private FloatResampler(int inSize, int outSize, int taps) {
    this.inSize = inSize;
    this.outSize = outSize;
    this.taps = taps;
    this.positions = new int[Math.multiplyExact(outSize, taps)];
    this.weights = new float[positions.length];
  }

  static FloatResampler of(int inSize, int outSize, Kernel kernel) {
    return switch (kernel) {
      case BICUBIC -> bicubic(inSize, outSize);
      case ANTIALIASED_BICUBIC -> antialiased(inSize, outSize);
    };
  }

  private static FloatResampler bicubic(int inSize, int outSize) {
    FloatResampler resampler = new FloatResampler(inSize, outSize, 2 * SUPPORT);
    float scale = (float) inSize / outSize;
    for (int i = 0; i < outSize; i++) {
      float centre = scale * (i + 0.5f) - 0.5f;
      int below = (int) Math.floor(centre);
      float beyond = centre - below;
      float[] four = {outer(1 + beyond), inner(beyond), inner(1 - beyond), outer(2 - beyond)};
      for (int k = 0; k < four.length; k++) {
        resampler.set(i, k, below - 1 + k, four[k]);
      }
    }
    return resampler;
  }

  /** The cubic convolution at a distance up to 1. */
  private static float inner(float x) {
    return ((A + 2) * x - (A + 3)) * x * x + 1;
  }

  /** The cubic convolution at a distance from 1 to 2. */
  private static float outer(float x) {
    return ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;
  }

  private static FloatResampler antialiased(int inSize, int outSize) {
    float scale = (float) inSize / outSize;
    float stretch = Math.max(1, scale);
    float support = SUPPORT * stretch;
    FloatResampler resampler =
        new FloatResampler(inSize, outSize, (int) Math.ceil(support) * 2 + 1);
    float[] exact = new float[resampler.taps];
    for (int i = 0; i < outSize; i++) {
      float centre = scale * (i + 0.5f);
      int start = Math.max((int) (centre - support + 0.5f), 0);
      int length = Math.min((int) (centre + support + 0.5f), inSize) - start;
      float sum = 0;
      for (int k = 0; k < length; k++) {
        exact[k] = (float) Resample.BICUBIC.weight((k + start - centre + 0.5f) / stretch);
        sum += exact[k];
      }
      for (int k = 0; k < length; k++) {
        resampler.set(i, k, start + k, sum == 0 ? exact[k] : exact[k] / sum);
      }
    }
    return resampler;
  }

  /** Takes part of an input; positions outside are those of the nearest edge. */
  private void set(int output, int tap, int position, float weight) {
    positions[output * taps + tap] = Math.max(0, Math.min(inSize - 1, position));
    weights[output * taps + tap] = weight;
  }

  /** Filters {@code rows} rows that follow each other. */
  float[] alongRows(float[] in, int rows) {
    float[] out = new float[Math.multiplyExact(rows, outSize)];
    for (int row = 0; row < rows; row++) {
      for (int x = 0; x < outSize; x++) {
        float sum = 0;
        for (int k = x * taps; k < (x + 1) * taps; k++) {
          sum += in[row * inSize + positions[k]] * weights[k];
        }
        out[row * outSize + x] = sum;
      }
    }
    return out;
  }

  /** Filters the columns of {@code planes} planes, each {@code width} values wide. */
  float[] alongColumns(float[] in, int planes, int width) {
    float[] out = new float[Math.multiplyExact(Math.multiplyExact(planes, outSize), width)];
    for (int plane = 0; plane < planes; plane++) {
      for (int y = 0; y < outSize; y++) {
        int to = (plane * outSize + y) * width;
        for (int k = y * taps; k < (y + 1) * taps; k++) {
          addScaled(out, to, in, (plane * inSize + positions[k]) * width, width, weights[k]);
        }
      }
    }
    return out;
  }

  private static void addScaled(
      float[] sums, int to, float[] values, int from, int count, float weight) {
    for (int i = 0; i < count; i++) {
      sums[to + i] += values[from + i] * weight;
    }
  }
}
