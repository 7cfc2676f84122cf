package dev.auscult.projection;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who is a neighbour of whom, and how much: the fuzzy union of what every point sees (McInnes,
 * Healy and Melville 2018, algorithms 1 to 3). Symmetric; a membership of 0 is no edge.
 */
final class FuzzyGraph {
  /** Halvings of the interval of scales. */
  private static final int STEPS = 64;

  private static final double TOLERANCE = 1e-5;

  /** No scale is less than this share of the mean distance to neighbours. */
  private static final double LEAST_SCALE = 1e-3;

  private final double[][] memberships;

  private FuzzyGraph(double[][] memberships) {
    this.memberships = memberships;
  }

  /**
   * The graph of points.
   *
   * @param squares squared distances {@code [n][n]}
   * @param neighbours how many nearest points count, the point itself among them; at most n
   */
  static FuzzyGraph of(double[][] squares, int neighbours, Workers workers) {
    int n = squares.length;
    int[][] nearest = new int[n][];
    double[][] distances = new double[n][];
    workers.each(
        n,
        i -> {
          nearest[i] = nearest(squares[i], i, neighbours);
          distances[i] =
              Arrays.stream(nearest[i]).mapToDouble(j -> Math.sqrt(squares[i][j])).toArray();
        });
    double mean = Arrays.stream(distances).flatMapToDouble(Arrays::stream).average().orElse(0);
    double[][] seen = new double[n][n];
    workers.each(n, i -> see(seen[i], i, nearest[i], distances[i], mean));
    return union(seen, workers);
  }

  /** The point itself and those nearest to it; of equally near ones the earlier first. */
  private static int[] nearest(double[] squares, int self, int neighbours) {
    List<Integer> others =
        IntStream.range(0, squares.length)
            .filter(j -> j != self)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> squares[j]))
            .limit(neighbours - 1L)
            .toList();
    return IntStream.concat(IntStream.of(self), others.stream().mapToInt(Integer::intValue))
        .toArray();
  }

  /** Fills how much a point sees each of its neighbours as one. */
  private static void see(
      double[] memberships, int self, int[] nearest, double[] distances, double meanOfAll) {
    double first = Arrays.stream(distances).filter(d -> d > 0).findFirst().orElse(0);
    double mean = first > 0 ? Arrays.stream(distances).average().orElse(0) : meanOfAll;
    double scale = Math.max(scale(distances, first), LEAST_SCALE * mean);
    for (int k = 0; k < nearest.length; k++) {
      double beyond = distances[k] - first;
      if (nearest[k] != self) {
        memberships[nearest[k]] = beyond <= 0 || scale == 0 ? 1 : Math.exp(-beyond / scale);
      }
    }
  }

  /** The scale at which the memberships of the neighbours add up to log2 of their number. */
  private static double scale(double[] distances, double first) {
    double wanted = Math.log(distances.length) / Math.log(2);
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double scale = 1;
    for (int step = 0; step < STEPS; step++) {
      double sum = 0;
      for (int k = 1; k < distances.length; k++) {
        sum += distances[k] <= first ? 1 : Math.exp((first - distances[k]) / scale);
      }
      if (Math.abs(sum - wanted) < TOLERANCE) {
        return scale;
      }
      if (sum > wanted) {
        high = scale;
        scale = (low + high) / 2;
      } else {
        low = scale;
        scale = Double.isInfinite(high) ? scale * 2 : (low + high) / 2;
      }
    }
    return scale;
  }

  private static FuzzyGraph union(double[][] seen, Workers workers) {
    int n = seen.length;
    double[][] union = new double[n][n];
    workers.each(
        n,
        i -> {
          for (int j = 0; j < n; j++) {
            union[i][j] = seen[i][j] + seen[j][i] - seen[i][j] * seen[j][i];
          }
        });
    return new FuzzyGraph(union);
  }

  /** The number of points. */
  int size() {
    return memberships.length;
  }

  /** How much two points are neighbours, 0 to 1. */
  double membership(int i, int j) {
    return memberships[i][j];
  }

  /** The largest membership. */
  double largest() {
    return Arrays.stream(memberships).flatMapToDouble(Arrays::stream).max().orElse(0);
  }
}
