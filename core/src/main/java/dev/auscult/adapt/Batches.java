package dev.auscult.adapt;

import dev.auscult.base.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The order of samples in each epoch, cut into batches. */
final class Batches {
  private Batches() {}

  /**
   * The batches of an epoch: every sample once, the last batch what is left.
   *
   * @param samples how many there are
   * @param size of a batch
   * @param seed of the training; epochs derive their own
   */
  static List<int[]> of(int samples, int size, int epoch, Seed seed) {
    SplittableRandom random = seed.derive("order").derive(epoch).random();
    int[] order = new int[samples];
    for (int i = 0; i < samples; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < samples; from += size) {
      batches.add(java.util.Arrays.copyOfRange(order, from, Math.min(from + size, samples)));
    }
    return batches;
  }
}
