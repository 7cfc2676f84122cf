package dev.auscult.features;

import dev.auscult.base.Progress;
import dev.auscult.data.LabelMode;
import dev.auscult.learning.ClassBalance;
import dev.auscult.learning.LinearMap;
import dev.auscult.learning.LogisticRegression;
import dev.auscult.tensor.FloatMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Classes called by a linear probe that was fitted on other folds: logistic regression in which all
 * classes count the same. Features are shifted and scaled as the training folds say, all by one
 * number, so that a model whose vectors lie close together is penalised no more than another; the
 * strength of the penalty is that of least loss on the fold after the one that is called, which is
 * then trained on as well.
 */
final class ProbeCalls {
  /** Candidates for C, ascending. */
  static final List<Double> INVERSE_STRENGTHS = List.of(.1, 1.0, 10.0, 100.0, 1000.0);

  private final double[][] points;
  private final int[] labels;
  private final int[] folds;
  private final int classes;

  /**
   * @param points {@code [n][d]}
   * @param labels the class of each, from 0
   * @param folds the fold of each, from 0
   */
  ProbeCalls(double[][] points, int[] labels, int[] folds) {
    this.points = points;
    this.labels = labels;
    this.folds = folds;
    this.classes = Arrays.stream(labels).max().orElse(-1) + 1;
  }

  /** The class of each point. */
  int[] called(int threads, Progress progress) {
    int count = Arrays.stream(folds).max().orElse(-1) + 1;
    int[][] of = new int[count][];
    ForkJoinPool pool = new ForkJoinPool(Math.min(threads, count));
    try (Progress.Task task = progress.begin("linear probe", count)) {
      pool.submit(() -> IntStream.range(0, count).parallel().forEach(f -> of[f] = called(f, count)))
          .join();
      task.advance(count);
    } finally {
      pool.shutdown();
    }
    return IntStream.range(0, labels.length).map(i -> of[folds[i]][i]).toArray();
  }

  /** The calls of one fold at its rows; other rows have none. */
  private int[] called(int fold, int count) {
    int next = (fold + 1) % count;
    FloatMatrix scaled = scaled(i -> folds[i] != fold);
    int[] validation = rows(i -> folds[i] == next);
    double best = Double.NaN;
    double least = Double.POSITIVE_INFINITY;
    for (double candidate : INVERSE_STRENGTHS) {
      LinearMap map = fit(scaled, rows(i -> folds[i] != fold && folds[i] != next), candidate);
      double loss = loss(map.of(at(scaled, validation)), validation);
      if (Double.isNaN(best) || loss < least) {
        best = candidate;
        least = loss;
      }
    }
    int[] tested = rows(i -> folds[i] == fold);
    FloatMatrix scores = fit(scaled, rows(i -> folds[i] != fold), best).of(at(scaled, tested));
    int[] called = new int[labels.length];
    for (int i = 0; i < tested.length; i++) {
      called[tested[i]] = highest(scores.row(i));
    }
    return called;
  }

  private LinearMap fit(FloatMatrix scaled, int[] rows, double inverseStrength) {
    return new LogisticRegression(inverseStrength, ClassBalance.WEIGHTED)
        .fit(
            at(scaled, rows),
            Arrays.stream(rows).mapToObj(row -> List.of(labels[row])).toList(),
            classes,
            LabelMode.EXCLUSIVE);
  }

  /** The mean over classes of their rows' mean cross-entropy. */
  private double loss(FloatMatrix scores, int[] rows) {
    double[] sums = new double[classes];
    int[] counts = new int[classes];
    for (int i = 0; i < rows.length; i++) {
      float[] row = scores.row(i);
      double highest = row[highest(row)];
      double sum = 0;
      for (float score : row) {
        sum += Math.exp(score - highest);
      }
      sums[labels[rows[i]]] += Math.log(sum) + highest - row[labels[rows[i]]];
      counts[labels[rows[i]]]++;
    }
    return IntStream.range(0, classes)
        .filter(c -> counts[c] > 0)
        .mapToDouble(c -> sums[c] / counts[c])
        .average()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** All points, shifted and scaled so that the training points have mean 0 and mean square 1. */
  private FloatMatrix scaled(IntPredicate trained) {
    int[] rows = rows(trained);
    int dimension = points[0].length;
    double[] mean = new double[dimension];
    for (int row : rows) {
      for (int k = 0; k < dimension; k++) {
        mean[k] += points[row][k] / rows.length;
      }
    }
    double square = 0;
    for (int row : rows) {
      for (int k = 0; k < dimension; k++) {
        square += (points[row][k] - mean[k]) * (points[row][k] - mean[k]) / rows.length;
      }
    }
    double scale = square > 0 ? 1 / Math.sqrt(square) : 1;
    float[] values = new float[points.length * dimension];
    for (int i = 0; i < points.length; i++) {
      for (int k = 0; k < dimension; k++) {
        values[i * dimension + k] = (float) (scale * (points[i][k] - mean[k]));
      }
    }
    return new FloatMatrix(points.length, dimension, values);
  }

  private int[] rows(IntPredicate chosen) {
    return IntStream.range(0, labels.length).filter(chosen).toArray();
  }

  private static FloatMatrix at(FloatMatrix matrix, int[] rows) {
    float[] values = new float[rows.length * matrix.columns()];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(matrix.row(rows[i]), 0, values, i * matrix.columns(), matrix.columns());
    }
    return new FloatMatrix(rows.length, matrix.columns(), values);
  }

  private static int highest(float[] row) {
    int highest = 0;
    for (int c = 1; c < row.length; c++) {
      highest = row[c] > row[highest] ? c : highest;
    }
    return highest;
  }
}
