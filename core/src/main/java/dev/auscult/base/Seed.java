package dev.auscult.base;

import java.util.SplittableRandom;

/**
 * A seed from which named, independent streams of random numbers derive: what one part of a run
 * draws never shifts what another part sees, whatever the order or the number of threads.
 *
 * @param value any 64 bits
 */
public record Seed(long value) {

  /** The seed of the part called {@code name}. */
  public Seed derive(String name) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return new Seed(mix(value ^ mix(hash)));
  }

  /** The seed of the part numbered {@code index}. */
  public Seed derive(long index) {
    return new Seed(mix(value + 0x9e3779b97f4a7c15L * (index + 1)));
  }

  /** A fresh stream: the same numbers for the same seed on every platform. */
  public SplittableRandom random() {
    return new SplittableRandom(value);
  }

  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
