package dev.auscult.metric;

import java.util.Arrays;
import java.util.SplittableRandom;

/** How often a resample contains each cluster (patient). Immutable. */
public final class Multiplicities {
  private final byte[] ofCluster;

  private Multiplicities(byte[] ofCluster) {
    this.ofCluster = ofCluster;
  }

  /** Every cluster once: the data as they are. */
  public static Multiplicities once(int clusters) {
    byte[] each = new byte[clusters];
    Arrays.fill(each, (byte) 1);
    return new Multiplicities(each);
  }

  /** As many clusters as there are, drawn with replacement. */
  static Multiplicities drawn(int clusters, SplittableRandom random) {
    byte[] drawn = new byte[clusters];
    for (int draw = 0; draw < clusters; draw++) {
      if (++drawn[random.nextInt(clusters)] < 0) {
        // With at most 127 clusters impossible, with more rarer than 1e-150.
        throw new ArithmeticException("a cluster drawn more than 127 times");
      }
    }
    return new Multiplicities(drawn);
  }

  /**
   * Every cluster once but those of one block: cluster {@code c} is in block {@code c % blocks}.
   */
  static Multiplicities without(int block, int blocks, int clusters) {
    Multiplicities others = once(clusters);
    for (int cluster = block; cluster < clusters; cluster += blocks) {
      others.ofCluster[cluster] = 0;
    }
    return others;
  }

  /** How often {@code cluster} is there. */
  public int of(int cluster) {
    return ofCluster[cluster];
  }

  /** The number of clusters. */
  public int clusters() {
    return ofCluster.length;
  }
}
