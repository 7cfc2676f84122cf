package dev.auscult.image;

/** Pillow's resampling filters; the number in configurations is {@link #code()}. */
public enum Resample {
  /** Truncated sinc over three pixels on each side. */
  LANCZOS(1, 3) {
    @Override
    double weight(double distance) {
      return -3 <= distance && distance < 3 ? sinc(distance) * sinc(distance / 3) : 0;
    }
  },
  /** Triangle filter. */
  BILINEAR(2, 1) {
    @Override
    double weight(double distance) {
      return Math.max(0, 1 - Math.abs(distance));
    }
  },
  /** Cubic convolution, R. G. Keys, IEEE TASSP 29 (1981), with a = -1/2. */
  BICUBIC(3, 2) {
    @Override
    double weight(double distance) {
      double x = Math.abs(distance);
      if (x < 1) {
        return ((KEYS_A + 2) * x - (KEYS_A + 3)) * x * x + 1;
      }
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * KEYS_A : 0;
    }
  };

  private static final double KEYS_A = -0.5;

  private final int code;
  private final int support;

  Resample(int code, int support) {
    this.code = code;
    this.support = support;
  }

  /** Pillow's number for the filter, as in {@code preprocessor_config.json}. */
  public int code() {
    return code;
  }

  /** Half the filter's width in pixels when nothing is scaled. */
  int support() {
    return support;
  }

  abstract double weight(double distance);

  /** {@code sin(pi x) / (pi x)}, the same on every machine. */
  private static double sinc(double x) {
    double angle = x * Math.PI;
    return angle == 0 ? 1 : StrictMath.sin(angle) / angle;
  }
}
