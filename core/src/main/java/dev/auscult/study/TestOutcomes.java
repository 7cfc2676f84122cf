package dev.auscult.study;

import dev.auscult.adapt.ClassPredictions;
import dev.auscult.data.LabelMode;
import dev.auscult.metric.ClassCounts;
import dev.auscult.metric.Multiplicities;
import dev.auscult.metric.Ranking;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The test samples of one fit with what they are and what they are called, at one level. */
final class TestOutcomes {
  private final List<String> classes;
  private final LabelMode mode;
  private final boolean[][] truth;
  private final boolean[][] called;
  private final double[][] scores;
  private final int[] cluster;

  /**
   * @param cluster the number of each sample's patient
   */
  TestOutcomes(ClassPredictions predictions, int[] cluster) {
    int n = predictions.samples().size();
    int k = predictions.names().size();
    this.classes = predictions.names();
    this.mode = predictions.mode();
    this.cluster = cluster.clone();
    this.truth = new boolean[k][n];
    this.called = new boolean[k][n];
    this.scores = new double[k][n];
    for (int i = 0; i < n; i++) {
      double[] probabilities = predictions.probabilities(i);
      List<Integer> calls = predictions.called(i);
      List<Integer> labels = predictions.labels().get(i);
      for (int c = 0; c < k; c++) {
        truth[c][i] = labels.contains(c);
        called[c][i] = calls.contains(c);
        scores[c][i] = probabilities[c];
      }
    }
  }

  List<String> classes() {
    return classes;
  }

  /** Right and wrong calls of a class, each sample as often as its patient counts. */
  ClassCounts counts(int classIndex, Multiplicities weights) {
    long[] cells = new long[4];
    for (int i = 0; i < cluster.length; i++) {
      int cell = (truth[classIndex][i] ? 2 : 0) + (called[classIndex][i] ? 1 : 0);
      cells[cell] += weights.of(cluster[i]);
    }
    return new ClassCounts(cells[3], cells[1], cells[2], cells[0]);
  }

  double auroc(int classIndex) {
    return Ranking.of(scores[classIndex], truth[classIndex]).auroc();
  }

  /** A figure; {@code NaN} where the weighted samples do not have it. */
  double figure(StudyMetric metric, Multiplicities weights) {
    return switch (metric) {
      case ACCURACY -> mode == LabelMode.EXCLUSIVE ? exact(weights) : meanAccuracy(weights);
      case MACRO_RECALL -> ClassCounts.macroRecall(counts(weights));
      case MACRO_F1 -> ClassCounts.macroF1(counts(weights));
      case AUROC -> meanAuroc(weights);
    };
  }

  private double exact(Multiplicities weights) {
    double right = 0;
    double all = 0;
    for (int i = 0; i < cluster.length; i++) {
      boolean same = true;
      for (int c = 0; c < truth.length; c++) {
        same &= truth[c][i] == called[c][i];
      }
      right += same ? weights.of(cluster[i]) : 0;
      all += weights.of(cluster[i]);
    }
    return right / all;
  }

  private double meanAccuracy(Multiplicities weights) {
    return counts(weights).stream().mapToDouble(ClassCounts::accuracy).average().orElse(Double.NaN);
  }

  private List<ClassCounts> counts(Multiplicities weights) {
    return IntStream.range(0, truth.length).mapToObj(c -> counts(c, weights)).toList();
  }

  /** Over the classes that some weighted samples have and some have not. */
  private double meanAuroc(Multiplicities weights) {
    int clusters = Arrays.stream(cluster).max().orElse(-1) + 1;
    return IntStream.range(0, truth.length)
        .mapToObj(c -> Ranking.of(scores[c], truth[c], cluster, clusters))
        .mapToDouble(ranking -> ranking.figures(weights, 1).auroc())
        .filter(auroc -> !Double.isNaN(auroc))
        .average()
        .orElse(Double.NaN);
  }
}
