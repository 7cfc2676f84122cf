package dev.auscult.image;

import java.util.Arrays;

/**
 * Antialiased resampling whose 8-bit results equal those of Pillow's {@code Image.resize} bit for
 * bit.
 *
 * <p>Each output sample is a weighted sum of the input samples under the filter, which is stretched
 * by the scale factor when the image shrinks. Rows are filtered first, then columns (except see
 * {@link #columnsFirst}); the samples between the two passes are rounded to 8 bits. Weights are
 * normalised in double precision and applied as fixed-point numbers with {@value #PRECISION_BITS}
 * fractional bits. A dimension whose size does not change is not filtered.
 */
public final class Resampler {
  /**
   * 32-bit sums hold 8 bits of sample, 2 bits of headroom for negative lobes, and this fraction.
   */
  private static final int PRECISION_BITS = 32 - 8 - 2;

  private static final int HALF = 1 << (PRECISION_BITS - 1);

  private Resampler() {}

  /**
   * The whole image at another size.
   *
   * @throws IllegalArgumentException if the result has more than 2^31 samples
   */
  public static RgbImage resize(RgbImage image, PixelSize target, Resample filter) {
    return resize(
        image,
        Frame.around(image),
        new Extent(target.height(), target.width()),
        filter,
        new Window(0, 0, target.height(), target.width()));
  }

  /**
   * A part of what the frame becomes at another size; only that part is computed, so the frame and
   * the whole result may be larger than memory.
   */
  static RgbImage resize(
      RgbImage image, Frame frame, Extent target, Resample filter, Window window) {
    Extent size = frame.size();
    Weights across =
        Weights.of(size.width(), target.width(), filter, window.left(), window.width())
            .within(frame.left(), image.width());
    Weights down =
        Weights.of(size.height(), target.height(), filter, window.top(), window.height())
            .within(frame.top(), image.height());
    if (columnsFirst(size, target)) {
      return filterRows(filterColumns(image, down, 0), across, 0, window.height());
    }
    int firstRow = down.firstInput();
    return filterColumns(filterRows(image, across, firstRow, down.lastInput()), down, firstRow);
  }

  /**
   * Pillow 13 filters columns first where that leaves much less to filter: the height loses more
   * than twice as many pixels as the width. Earlier versions always begin with the rows; the two
   * orders differ by the rounding between them.
   */
  private static boolean columnsFirst(Extent from, Extent to) {
    return from.height() - to.height() > 2 * Math.max(0, from.width() - to.width());
  }

  /** The size of an image that need not fit into memory. */
  record Extent(long height, long width) {}

  /**
   * A black rectangle around an image.
   *
   * @param size of the rectangle
   * @param top black rows above the image
   * @param left black columns left of it
   */
  record Frame(Extent size, long top, long left) {
    /** No black at all. */
    static Frame around(RgbImage image) {
      return new Frame(new Extent(image.height(), image.width()), 0, 0);
    }
  }

  /** A rectangle inside an {@link Extent}. */
  record Window(long top, long left, int height, int width) {}

  /** Filters the rows {@code firstRow} to {@code endRow}; only these are in the result. */
  private static RgbImage filterRows(RgbImage image, Weights weights, int firstRow, int endRow) {
    byte[] in = image.bytes();
    byte[] out = new byte[sampleCount(endRow - firstRow, weights.count())];
    int stride = 3 * image.width();
    int at = 0;
    for (int row = firstRow; row < endRow; row++) {
      for (int x = 0; x < weights.count(); x++) {
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        int from = row * stride + 3 * weights.start(x);
        int k = weights.offset(x);
        for (int end = k + weights.length(x); k < end; k++) {
          int weight = weights.fixed[k];
          red += (in[from] & 0xff) * weight;
          green += (in[from + 1] & 0xff) * weight;
          blue += (in[from + 2] & 0xff) * weight;
          from += 3;
        }
        out[at] = toByte(red);
        out[at + 1] = toByte(green);
        out[at + 2] = toByte(blue);
        at += 3;
      }
    }
    return new RgbImage(weights.count(), endRow - firstRow, out);
  }

  /** Filters all columns; the image's first row is the row {@code firstRow} of the weights. */
  private static RgbImage filterColumns(RgbImage image, Weights weights, int firstRow) {
    byte[] in = image.bytes();
    int stride = 3 * image.width();
    byte[] out = new byte[sampleCount(weights.count(), image.width())];
    int[] sums = new int[stride];
    for (int y = 0; y < weights.count(); y++) {
      Arrays.fill(sums, HALF);
      int from = (weights.start(y) - firstRow) * stride;
      int k = weights.offset(y);
      for (int end = k + weights.length(y); k < end; k++) {
        addScaled(sums, in, from, weights.fixed[k]);
        from += stride;
      }
      for (int i = 0; i < stride; i++) {
        out[y * stride + i] = toByte(sums[i]);
      }
    }
    return new RgbImage(image.width(), weights.count(), out);
  }

  private static void addScaled(int[] sums, byte[] row, int from, int weight) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += (row[from + i] & 0xff) * weight;
    }
  }

  private static int sampleCount(int height, int width) {
    long samples = 3L * height * width;
    if (samples > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("no array holds %d x %d pixels".formatted(height, width));
    }
    return (int) samples;
  }

  private static byte toByte(int fixed) {
    return (byte) Math.max(0, Math.min(255, fixed >> PRECISION_BITS));
  }

  /** What each output position takes from which input positions, along one dimension. */
  private static final class Weights {
    private final int[] starts;
    private final int[] lengths;
    private final int[] fixed;
    private final int taps;

    private Weights(int count, int taps) {
      this.starts = new int[count];
      this.lengths = new int[count];
      this.taps = taps;
      this.fixed = new int[Math.multiplyExact(count, taps)];
    }

    /** The outputs {@code first} to {@code first + count} of {@code inSize -> outSize}. */
    static Weights of(long inSize, long outSize, Resample filter, long first, int count) {
      if (outSize == inSize) {
        return identity((int) first, count);
      }
      double scale = (double) inSize / outSize;
      double stretch = Math.max(scale, 1);
      double support = filter.support() * stretch;
      Weights weights = new Weights(count, (int) Math.ceil(support) * 2 + 1);
      double[] exact = new double[weights.taps];
      for (int i = 0; i < count; i++) {
        double centre = (first + i + 0.5) * scale;
        int start = Math.max((int) (centre - support + 0.5), 0);
        int length = (int) Math.min((int) (centre + support + 0.5), inSize) - start;
        for (int k = 0; k < length; k++) {
          exact[k] = filter.weight((k + start - centre + 0.5) * (1 / stretch));
        }
        weights.set(i, start, length, exact);
      }
      return weights;
    }

    private static Weights identity(int first, int count) {
      Weights weights = new Weights(count, 1);
      for (int i = 0; i < count; i++) {
        weights.set(i, first + i, 1, new double[] {1});
      }
      return weights;
    }

    private void set(int i, int start, int length, double[] exact) {
      starts[i] = start;
      lengths[i] = length;
      double sum = 0;
      for (int k = 0; k < length; k++) {
        sum += exact[k];
      }
      for (int k = 0; k < length; k++) {
        double scaled = (sum == 0 ? exact[k] : exact[k] / sum) * (1 << PRECISION_BITS);
        fixed[i * taps + k] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
      }
    }

    /**
     * The same for the inputs {@code first} to {@code first + count} alone, numbered from 0; all
     * others are black and add nothing.
     */
    Weights within(long first, int count) {
      for (int i = 0; i < starts.length; i++) {
        int start = (int) Math.max(0, Math.min(count, starts[i] - first));
        int end = (int) Math.max(0, Math.min(count, starts[i] + lengths[i] - first));
        int dropped = (int) (start + first - starts[i]);
        if (end > start) {
          System.arraycopy(fixed, i * taps + dropped, fixed, i * taps, end - start);
        }
        starts[i] = start;
        lengths[i] = end - start;
      }
      return this;
    }

    int count() {
      return starts.length;
    }

    int start(int i) {
      return starts[i];
    }

    int length(int i) {
      return lengths[i];
    }

    int offset(int i) {
      return i * taps;
    }

    /** The lowest input position in use; positions grow with the output. */
    int firstInput() {
      return starts[0];
    }

    /** One past the highest input position in use. */
    int lastInput() {
      return starts[count() - 1] + lengths[count() - 1];
    }
  }
}
