package dev.auscult.shapley;

import org.hipparchus.random.MersenneTwister;

/**
 * NumPy's legacy generator: {@code np.random.seed(seed)} followed by {@code np.random.shuffle} of
 * one index array again and again. shap draws its permutations so, each shuffling the last one.
 */
final class LegacyShuffle {
  private final MersenneTwister twister;
  private final int[] indices;

  /**
   * @param players length of the index array, initially {@code 0 .. players - 1}
   * @param seed as given to {@code np.random.seed}, 32 bits
   */
  LegacyShuffle(int players, int seed) {
    twister = new MersenneTwister(seed);
    indices = new int[players];
    for (int i = 0; i < players; i++) {
      indices[i] = i;
    }
  }

  /** Shuffles the array once more. */
  Order next() {
    for (int i = indices.length - 1; i > 0; i--) {
      int j = upTo(i);
      int swapped = indices[i];
      indices[i] = indices[j];
      indices[j] = swapped;
    }
    return Order.of(indices);
  }

  /** NumPy's {@code random_interval}: masked 32-bit draws, those above {@code max} rejected. */
  private int upTo(int max) {
    int mask = -1 >>> Integer.numberOfLeadingZeros(max);
    int draw = twister.nextInt() & mask;
    while (draw > max) {
      draw = twister.nextInt() & mask;
    }
    return draw;
  }
}
