package dev.auscult.data.phantom;

import dev.auscult.base.Seed;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random draws that are the same on every platform and Java version: only {@code nextLong} of the
 * generator is used, whose algorithm is fixed, and arithmetic that IEEE 754 fixes.
 */
final class Draw {
  private final SplittableRandom random;

  Draw(Seed seed) {
    this.random = seed.random();
  }

  long bits() {
    return random.nextLong();
  }

  /** Uniform in [0, 1). */
  double unit() {
    return (random.nextLong() >>> 11) * 0x1.0p-53;
  }

  double uniform(double from, double to) {
    return from + (to - from) * unit();
  }

  /** Uniform in 0..bound-1. */
  int below(int bound) {
    return (int) (unit() * bound);
  }

  boolean chance(double probability) {
    return unit() < probability;
  }

  <T> T pick(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** A uniformly random order of 0..n-1. */
  int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
