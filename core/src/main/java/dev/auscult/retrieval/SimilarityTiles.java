package dev.auscult.retrieval;

import dev.auscult.base.Progress;
import dev.auscult.tensor.FloatMatrix;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/**
 * Similarities of many queries with many candidates, a tile of candidates at a time: the whole
 * matrix is never in memory. Every similarity is the sum over the dimensions in their order, in
 * double precision, as {@link FloatMatrix#dot}: equal vectors have equal similarities wherever they
 * stand, which matrix kernels do not promise.
 */
final class SimilarityTiles {
  /** Candidates of a tile; with 1,024 dimensions a megabyte. */
  private static final int WIDTH = 128;

  /** Queries between two looks at the clock. */
  private static final int STRIDE = 256;

  private SimilarityTiles() {}

  /** Takes the similarities of one query with a run of candidates. */
  @FunctionalInterface
  interface Tile {
    /**
     * Called by several threads, of each query by one at a time and in the order of the candidates.
     *
     * @param first the number of the first candidate
     * @param scores used at once and not kept
     * @param count how many of the scores are valid
     */
    void take(int query, int first, double[] scores, int count);
  }

  /**
   * Goes through all similarities.
   *
   * @param queries {@code [n, d]}
   * @param candidates {@code [m, d]}
   * @param threads how many to use; the result does not depend on it
   * @throws dev.auscult.base.InterruptedRunException if the user asks to stop
   */
  static void walk(
      FloatMatrix queries, FloatMatrix candidates, int threads, Progress progress, Tile tile) {
    if (queries.columns() != candidates.columns()) {
      throw new IllegalArgumentException(
          "%d and %d dimensions".formatted(queries.columns(), candidates.columns()));
    }
    ForkJoinPool pool = new ForkJoinPool(threads);
    long steps = (long) queries.rows() * candidates.rows();
    try (Progress.Task task = progress.begin("comparing", steps)) {
      for (int first = 0; first < candidates.rows(); first += WIDTH) {
        int count = Math.min(WIDTH, candidates.rows() - first);
        double[] columns = transposed(candidates, first, count);
        for (int from = 0; from < queries.rows(); from += STRIDE) {
          int begin = from;
          int offset = first;
          int end = Math.min(from + STRIDE, queries.rows());
          pool.submit(
                  () ->
                      IntStream.range(begin, end)
                          .parallel()
                          .forEach(q -> tile.take(q, offset, scores(queries, q, columns), count)))
              .join();
          task.advance((long) (end - begin) * count);
        }
      }
    } finally {
      pool.shutdown();
    }
  }

  /** The candidates as {@code [d, WIDTH]}: neighbouring sums then run side by side. */
  private static double[] transposed(FloatMatrix candidates, int first, int count) {
    double[] columns = new double[candidates.columns() * WIDTH];
    for (int j = 0; j < count; j++) {
      for (int k = 0; k < candidates.columns(); k++) {
        columns[k * WIDTH + j] = candidates.get(first + j, k);
      }
    }
    return columns;
  }

  private static double[] scores(FloatMatrix queries, int query, double[] columns) {
    double[] sums = new double[WIDTH];
    for (int k = 0; k < queries.columns(); k++) {
      double value = queries.get(query, k);
      int row = k * WIDTH;
      for (int j = 0; j < WIDTH; j++) {
        sums[j] += value * columns[row + j];
      }
    }
    return sums;
  }
}
