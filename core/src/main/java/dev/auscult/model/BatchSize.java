package dev.auscult.model;

import java.util.Comparator;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** How many inputs are computed at once, and in which order. */
public final class BatchSize {
  /** Floats of one batch; beyond this, memory traffic costs more than it saves. */
  private static final long ACTIVATIONS = 8_000_000;

  private static final int MOST_AT_ONCE = 256;

  private BatchSize() {}

  /** The number of inputs whose largest intermediate result has {@code each} floats. */
  static int of(long each) {
    return (int) Math.max(1, Math.min(MOST_AT_ONCE, ACTIVATIONS / each));
  }

  /** The inputs by ascending size; those of equal size keep their order. */
  public static int[] ascending(int count, IntUnaryOperator size) {
    return IntStream.range(0, count)
        .boxed()
        .sorted(Comparator.comparingInt(size::applyAsInt))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
