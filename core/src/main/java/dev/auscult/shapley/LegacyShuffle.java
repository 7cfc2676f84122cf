package dev.auscult.shapley;

/**
 * {@code np.random.seed(seed)} followed by {@code np.random.shuffle} of one index array again and
 * again. shap draws its permutations so, each shuffling the last one.
 */
final class LegacyShuffle {
  private final LegacyRandom random;
  private final int[] indices;

  /**
   * @param players length of the index array, initially {@code 0 .. players - 1}
   * @param seed as given to {@code np.random.seed}, 32 bits
   */
  LegacyShuffle(int players, int seed) {
    random = new LegacyRandom(seed);
    indices = new int[players];
    for (int i = 0; i < players; i++) {
      indices[i] = i;
    }
  }

  /** Shuffles the array once more. */
  Order next() {
    random.shuffle(indices);
    return Order.of(indices);
  }
}
