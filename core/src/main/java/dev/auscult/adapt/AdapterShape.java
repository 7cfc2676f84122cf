package dev.auscult.adapt;

/**
 * The size of an adapter of one branch.
 *
 * @param depth adapters in a row, each blended with its own input
 * @param reduction the bottleneck has {@code d / reduction} units
 * @param ratio alpha at the beginning, above 0 and below 1
 */
public record AdapterShape(int depth, int reduction, double ratio) {
  /** One adapter with a bottleneck of a quarter, alpha 0.2. */
  public static final AdapterShape STANDARD = new AdapterShape(1, 4, .2);

  /** Checks the numbers. */
  public AdapterShape {
    if (depth < 1 || depth > 8 || reduction < 1 || !(ratio > 0 && ratio < 1)) {
      throw new IllegalArgumentException(
          "depth %d, reduction %d, ratio %s".formatted(depth, reduction, ratio));
    }
  }

  /** The units of the bottleneck for embeddings of {@code dimension}. */
  int hidden(int dimension) {
    return Math.max(1, dimension / reduction);
  }
}
