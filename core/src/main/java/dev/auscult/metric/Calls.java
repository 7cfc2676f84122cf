package dev.auscult.metric;

/**
 * Observations with their true and their called class, ready to be counted with weights. Immutable.
 */
public final class Calls {
  private final int[] cells;
  private final int[] cluster;
  private final int classes;

  private Calls(int[] cells, int[] cluster, int classes) {
    this.cells = cells;
    this.cluster = cluster;
    this.classes = classes;
  }

  /**
   * Observations that belong to clusters.
   *
   * @param truth the number of each observation's class, from 0
   * @param called the number of the class it was given
   * @param classes how many there are
   * @param cluster the number of each observation's cluster
   * @throws IllegalArgumentException if the lengths differ or a class is unknown
   */
  public static Calls of(int[] truth, int[] called, int classes, int[] cluster) {
    if (truth.length != called.length || truth.length != cluster.length) {
      throw new IllegalArgumentException(
          "%d truths, %d calls, %d clusters"
              .formatted(truth.length, called.length, cluster.length));
    }
    int[] cells = new int[truth.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = ConfusionMatrix.cell(truth[i], called[i], classes);
    }
    return new Calls(cells, cluster.clone(), classes);
  }

  /** Counts the calls, each as often as its cluster counts. */
  public ConfusionMatrix matrix(Multiplicities weights) {
    long[] counts = new long[classes * classes];
    for (int i = 0; i < cells.length; i++) {
      counts[cells[i]] += weights.of(cluster[i]);
    }
    return ConfusionMatrix.ofCells(counts, classes);
  }
}
