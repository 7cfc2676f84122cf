package dev.auscult.evaluation;

import dev.auscult.metric.Calls;
import dev.auscult.metric.Ranking;
import dev.auscult.metric.Reliability;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Some observations of a file, made ready for the metrics. */
final class Slice {
  private final Predictions predictions;
  private final int[] rows;
  private final int[] cluster;

  Slice(Predictions predictions, int[] rows) {
    this.predictions = predictions;
    this.rows = rows;
    this.cluster = IntStream.of(rows).map(predictions::patient).toArray();
  }

  /** The number of each observation's patient. */
  int[] cluster() {
    return cluster.clone();
  }

  int n() {
    return rows.length;
  }

  Predictions predictions() {
    return predictions;
  }

  /** The number of patients that occur. */
  int patients() {
    return (int) IntStream.of(cluster).distinct().count();
  }

  boolean[] positive(int index) {
    boolean[] positive = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      positive[i] = predictions.positive(index, rows[i]);
    }
    return positive;
  }

  double[] scores(int index) {
    double[] scores = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      scores[i] = predictions.score(index, rows[i]);
    }
    return scores;
  }

  /** One class against the rest. */
  Ranking ranking(int index) {
    return Ranking.of(scores(index), positive(index), cluster, predictions.patients());
  }

  List<Ranking> rankings() {
    return IntStream.range(0, predictions.classes().size()).mapToObj(this::ranking).toList();
  }

  /** All pairs of observation and class; empty of a single class. */
  Optional<Ranking> microRanking() {
    int classes = predictions.classes().size();
    if (classes == 1) {
      return Optional.empty();
    }
    int n = Math.multiplyExact(rows.length, classes);
    double[] scores = new double[n];
    boolean[] positive = new boolean[n];
    int[] clusters = new int[n];
    for (int index = 0; index < classes; index++) {
      int from = index * rows.length;
      System.arraycopy(scores(index), 0, scores, from, rows.length);
      System.arraycopy(positive(index), 0, positive, from, rows.length);
      System.arraycopy(cluster, 0, clusters, from, rows.length);
    }
    return Optional.of(Ranking.of(scores, positive, clusters, predictions.patients()));
  }

  /** Calls of a label at a threshold: class 1 is positive. */
  Calls calls(int index, double threshold) {
    int[] truth = new int[rows.length];
    int[] called = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      truth[i] = predictions.positive(index, rows[i]) ? 1 : 0;
      called[i] = predictions.score(index, rows[i]) >= threshold ? 1 : 0;
    }
    return Calls.of(truth, called, 2, cluster);
  }

  /** The first class of each observation. */
  Calls firsts() {
    int[] truth = IntStream.of(rows).map(predictions::truth).toArray();
    int[] called = IntStream.of(rows).map(predictions::first).toArray();
    return Calls.of(truth, called, predictions.classes().size(), cluster);
  }

  /** Whether a label of each observation is called rightly at a threshold. */
  boolean[] right(int index, double threshold) {
    boolean[] right = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      boolean called = predictions.score(index, rows[i]) >= threshold;
      right[i] = called == predictions.positive(index, rows[i]);
    }
    return right;
  }

  /** Whether the first class of each observation is its own. */
  boolean[] firstsRight() {
    boolean[] right = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      right[i] = predictions.first(rows[i]) == predictions.truth(rows[i]);
    }
    return right;
  }

  /** Whether every label of each observation is called rightly. */
  boolean[] allRight(List<Double> thresholds) {
    boolean[] right = new boolean[rows.length];
    Arrays.fill(right, true);
    for (int index = 0; index < thresholds.size(); index++) {
      boolean[] own = right(index, thresholds.get(index));
      for (int i = 0; i < rows.length; i++) {
        right[i] &= own[i];
      }
    }
    return right;
  }

  /** As calls of which class 1 is that every label is right. */
  Calls allRightCalls(List<Double> thresholds) {
    boolean[] right = allRight(thresholds);
    int[] called = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      called[i] = right[i] ? 1 : 0;
    }
    return Calls.of(called, called, 2, cluster);
  }

  /** Probabilities of one label. */
  Reliability reliability(int index, int bins) {
    double[] confidence = scores(index);
    boolean[] outcome = positive(index);
    double[] loss = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      double off = confidence[i] - (outcome[i] ? 1 : 0);
      loss[i] = off * off;
    }
    return Reliability.of(confidence, outcome, loss, bins, cluster);
  }

  /** Probabilities of the first class, with the squared error summed over all classes. */
  Reliability firstReliability(int bins) {
    double[] confidence = new double[rows.length];
    boolean[] outcome = new boolean[rows.length];
    double[] loss = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      int first = predictions.first(rows[i]);
      confidence[i] = predictions.score(first, rows[i]);
      outcome[i] = predictions.truth(rows[i]) == first;
      for (int index = 0; index < predictions.classes().size(); index++) {
        double off =
            predictions.score(index, rows[i]) - (predictions.positive(index, rows[i]) ? 1 : 0);
        loss[i] += off * off;
      }
    }
    return Reliability.of(confidence, outcome, loss, bins, cluster);
  }
}
