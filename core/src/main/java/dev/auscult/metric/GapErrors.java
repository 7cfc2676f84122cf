package dev.auscult.metric;

import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/** Standard errors of sums of gaps by bin, if the true gaps are 0; observations have clusters. */
final class GapErrors {
  private final double[] errors;
  private final int[] clusters;

  private GapErrors(double[] errors, int[] clusters) {
    this.errors = errors;
    this.clusters = clusters;
  }

  /** The root of the summed squares of what each cluster adds to a bin. */
  double ofSum(int bin) {
    return errors[bin];
  }

  /** The number of clusters that have observations in a bin. */
  int clusters(int bin) {
    return clusters[bin];
  }

  /**
   * @param cluster the number of each observation's cluster
   * @param count how many clusters there are
   * @param gap of an observation
   * @param bin of an observation
   * @param bins how many there are
   */
  static GapErrors of(
      int[] cluster, int count, IntToDoubleFunction gap, IntUnaryOperator bin, int bins) {
    int[] starts = starts(cluster.length, bin, bins);
    int[] order = order(cluster.length, bin, starts);
    double[] sums = new double[count];
    boolean[] seen = new boolean[count];
    double[] errors = new double[bins];
    int[] clusters = new int[bins];
    for (int b = 0; b < bins; b++) {
      for (int at = starts[b]; at < starts[b + 1]; at++) {
        int own = cluster[order[at]];
        sums[own] += gap.applyAsDouble(order[at]);
        seen[own] = true;
      }
      double squares = 0;
      for (int at = starts[b]; at < starts[b + 1]; at++) {
        int own = cluster[order[at]];
        squares += sums[own] * sums[own];
        clusters[b] += seen[own] ? 1 : 0;
        sums[own] = 0;
        seen[own] = false;
      }
      errors[b] = Math.sqrt(squares);
    }
    return new GapErrors(errors, clusters);
  }

  private static int[] starts(int n, IntUnaryOperator bin, int bins) {
    int[] starts = new int[bins + 1];
    for (int i = 0; i < n; i++) {
      starts[bin.applyAsInt(i) + 1]++;
    }
    for (int b = 0; b < bins; b++) {
      starts[b + 1] += starts[b];
    }
    return starts;
  }

  /** Observations by bin. */
  private static int[] order(int n, IntUnaryOperator bin, int[] starts) {
    int[] next = starts.clone();
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[next[bin.applyAsInt(i)]++] = i;
    }
    return order;
  }
}
