package dev.auscult.metric;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Classes called by the nearest observations of other folds. */
public final class NearestNeighbours {
  private NearestNeighbours() {}

  /**
   * The class of each observation as the {@code k} nearest of all other folds say, by majority; of
   * equally many the class with the lower number, of equally near observations the earlier one.
   *
   * @param points {@code [n][d]}, compared by Euclidean distance
   * @param labels the class of each, from 0
   * @param folds the fold of each ({@link StratifiedFolds})
   * @param k how many neighbours vote; fewer where the other folds have fewer
   * @throws IllegalArgumentException if the lengths differ or a fold has no other beside it
   */
  public static int[] called(double[][] points, int[] labels, int[] folds, int k) {
    int classes = ClassSizes.of(points, labels).length;
    if (folds.length != labels.length || k < 1) {
      throw new IllegalArgumentException(
          "%d folds, %d labels, %d neighbours".formatted(folds.length, labels.length, k));
    }
    int[] called = new int[points.length];
    for (int i = 0; i < called.length; i++) {
      called[i] = majority(nearest(points, folds, i, k), labels, classes);
    }
    return called;
  }

  private static List<Integer> nearest(double[][] points, int[] folds, int self, int k) {
    double[] squares = new double[points.length];
    int fold = folds[self];
    for (int j = 0; j < squares.length; j++) {
      squares[j] = folds[j] == fold ? 0 : Distances.squared(points[self], points[j]);
    }
    List<Integer> nearest =
        IntStream.range(0, squares.length)
            .filter(j -> folds[j] != fold)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> squares[j]))
            .limit(k)
            .toList();
    if (nearest.isEmpty()) {
      throw new IllegalArgumentException("all observations are in one fold");
    }
    return nearest;
  }

  private static int majority(List<Integer> nearest, int[] labels, int classes) {
    int[] votes = new int[classes];
    nearest.forEach(j -> votes[labels[j]]++);
    int most = 0;
    for (int c = 1; c < classes; c++) {
      most = votes[c] > votes[most] ? c : most;
    }
    return most;
  }
}
