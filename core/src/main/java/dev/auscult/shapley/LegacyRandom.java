package dev.auscult.shapley;

import java.util.Arrays;
import org.hipparchus.random.MersenneTwister;

/**
 * NumPy's legacy generator, {@code numpy.random.RandomState}, as far as shap uses it: the same
 * numbers for the same seed.
 */
final class LegacyRandom {
  private final MersenneTwister twister;

  /**
   * @param seed as given to {@code np.random.seed}, 32 bits
   */
  LegacyRandom(int seed) {
    twister = new MersenneTwister(seed);
  }

  /** {@code shuffle}, in place. */
  void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = upTo(i);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }

  /** {@code permutation(n)}. */
  int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    shuffle(order);
    return order;
  }

  /**
   * {@code choice(len(p), count, p=p)}, with replacement.
   *
   * @param probabilities sum to 1
   */
  int[] choice(double[] probabilities, int count) {
    double[] cumulative = probabilities.clone();
    for (int i = 1; i < cumulative.length; i++) {
      cumulative[i] += cumulative[i - 1];
    }
    double total = cumulative[cumulative.length - 1];
    for (int i = 0; i < cumulative.length; i++) {
      cumulative[i] /= total;
    }
    int[] chosen = new int[count];
    for (int i = 0; i < count; i++) {
      chosen[i] = rightOf(cumulative, uniform());
    }
    return chosen;
  }

  /** The first index whose value exceeds {@code x}. */
  private static int rightOf(double[] sorted, double x) {
    int at = Arrays.binarySearch(sorted, x);
    int index = at < 0 ? -at - 1 : at;
    while (index < sorted.length && sorted[index] <= x) {
      index++;
    }
    return index;
  }

  /** {@code random_sample()}: 53 bits of two draws. */
  double uniform() {
    long high = (twister.nextInt() & 0xffff_ffffL) >>> 5;
    long low = (twister.nextInt() & 0xffff_ffffL) >>> 6;
    return (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0;
  }

  /** {@code random_interval}: masked 32-bit draws, those above {@code max} rejected. */
  private int upTo(int max) {
    int mask = -1 >>> Integer.numberOfLeadingZeros(max);
    int draw = twister.nextInt() & mask;
    while (draw > max) {
      draw = twister.nextInt() & mask;
    }
    return draw;
  }
}
