package dev.auscult.pretrain;

import dev.auscult.base.Seed;
import java.util.SplittableRandom;

/** Random orders. */
final class Shuffle {
  private Shuffle() {}

  /** A uniformly random order of 0 to n-1 (Fisher and Yates). */
  static int[] order(int n, Seed seed) {
    SplittableRandom random = seed.random();
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
