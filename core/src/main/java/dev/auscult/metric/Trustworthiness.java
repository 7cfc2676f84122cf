package dev.auscult.metric;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How far the neighbours on a map are neighbours indeed (Venna and Kaski 2001): 1 less a penalty
 * for each point that is among the nearest on the map only, by how far its rank among the points
 * themselves exceeds {@code k}.
 */
public final class Trustworthiness {
  private Trustworthiness() {}

  /**
   * The trustworthiness of a map, at most 1; Euclidean distances, of equally near points the
   * earlier one first.
   *
   * @param points {@code [n][d]}
   * @param map the same points mapped, {@code [n][2]} or of any other width
   * @param k how many neighbours count, from 1 and less than n / 2
   * @throws IllegalArgumentException if the numbers of rows differ or {@code k} does not fit
   */
  public static double of(double[][] points, double[][] map, int k) {
    int n = points.length;
    if (map.length != n) {
      throw new IllegalArgumentException("%d points, %d on the map".formatted(n, map.length));
    }
    if (k < 1 || 2 * k >= n) {
      throw new IllegalArgumentException("%d neighbours of %d points".formatted(k, n));
    }
    double penalty = 0;
    for (int i = 0; i < n; i++) {
      int[] ranks = new int[n];
      int[] order = order(points, i);
      for (int rank = 0; rank < order.length; rank++) {
        ranks[order[rank]] = rank + 1;
      }
      int[] near = order(map, i);
      for (int neighbour = 0; neighbour < k; neighbour++) {
        penalty += Math.max(0, ranks[near[neighbour]] - k);
      }
    }
    return 1 - 2 * penalty / ((double) n * k * (2.0 * n - 3.0 * k - 1));
  }

  /** The other points, nearest first. */
  private static int[] order(double[][] points, int self) {
    double[] squares = new double[points.length];
    for (int j = 0; j < squares.length; j++) {
      squares[j] = Distances.squared(points[self], points[j]);
    }
    return IntStream.range(0, squares.length)
        .filter(j -> j != self)
        .boxed()
        .sorted(Comparator.comparingDouble(j -> squares[j]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
