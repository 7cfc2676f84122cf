package dev.auscult.metric;

/** The order of numbers from the largest to the smallest. */
final class DescendingOrder {
  private DescendingOrder() {}

  /**
   * Positions of {@code values} in descending order of value, equal values in the order given.
   *
   * @throws IllegalArgumentException if a value is not a number
   */
  static int[] of(double[] values) {
    int[] order = new int[values.length];
    for (int i = 0; i < order.length; i++) {
      if (Double.isNaN(values[i])) {
        throw new IllegalArgumentException("a score that is not a number at position " + i);
      }
      order[i] = i;
    }
    int[] spare = new int[order.length];
    for (int run = 1; run < order.length && run > 0; run *= 2) {
      for (int from = 0; from < order.length; from += 2 * run) {
        int middle = Math.min(from + run, order.length);
        merge(values, order, spare, from, middle, (int) Math.min(from + 2L * run, order.length));
      }
      int[] merged = spare;
      spare = order;
      order = merged;
    }
    return order;
  }

  private static void merge(
      double[] values, int[] order, int[] into, int from, int middle, int to) {
    int left = from;
    int right = middle;
    for (int i = from; i < to; i++) {
      boolean takeLeft =
          left < middle && (right >= to || values[order[left]] >= values[order[right]]);
      into[i] = takeLeft ? order[left++] : order[right++];
    }
  }
}
