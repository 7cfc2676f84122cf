package dev.auscult.adapt;

import dev.auscult.base.Progress;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.ClassCounts;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.Multiplicities;
import dev.auscult.metric.Ranking;
import dev.auscult.metric.RankingFigures;
import dev.auscult.metric.ResampledFigures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * The figures of SCALE's evaluation (section 2.3.2) with intervals by patient: accuracy, balanced
 * accuracy, macro recall, macro F1 and mean AUROC over classes.
 *
 * <p>Accuracy is the share of samples called rightly where labels exclude each other, else the mean
 * over classes of the share of right calls. Macro averages run over the classes that occur in truth
 * or calls, balanced accuracy over those in the truth, AUROC over those that some samples have and
 * some have not.
 */
public final class ClassFigures {
  private static final List<String> NAMES =
      List.of("accuracy", "balanced_accuracy", "macro_recall", "macro_f1", "auroc");

  private final ClassPredictions predictions;
  private final int[] clusterOf;
  private final boolean[][] truth;
  private final boolean[][] called;
  private final List<Ranking> rankings = new ArrayList<>();

  private ClassFigures(ClassPredictions predictions) {
    int n = predictions.samples().size();
    int classes = predictions.names().size();
    this.predictions = predictions;
    this.clusterOf = numbers(predictions.samples().groups());
    this.truth = new boolean[n][classes];
    this.called = new boolean[n][classes];
    double[][] probabilities = new double[n][];
    for (int i = 0; i < n; i++) {
      int sample = i;
      probabilities[i] = predictions.probabilities(i);
      predictions.labels().get(i).forEach(label -> truth[sample][label] = true);
      predictions.called(i).forEach(label -> called[sample][label] = true);
    }
    for (int c = 0; c < classes; c++) {
      double[] scores = new double[n];
      boolean[] positive = new boolean[n];
      for (int i = 0; i < n; i++) {
        scores[i] = probabilities[i][c];
        positive[i] = truth[i][c];
      }
      rankings.add(Ranking.of(scores, positive, clusterOf, clusters()));
    }
  }

  private static int[] numbers(List<String> groups) {
    Map<String, Integer> numbers = new HashMap<>();
    groups.forEach(group -> numbers.putIfAbsent(group, numbers.size()));
    return groups.stream().mapToInt(group -> Objects.requireNonNull(numbers.get(group))).toArray();
  }

  private int clusters() {
    return Clusters.of(predictions.samples().groups()).count();
  }

  /** The names of the figures, in order. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * All figures with their intervals.
   *
   * @param threads how many to use; the result does not depend on it
   */
  public static Map<String, Estimate> of(
      ClassPredictions predictions, Bootstrap bootstrap, int threads, Progress progress) {
    ClassFigures figures = new ClassFigures(predictions);
    ResampledFigures resampled =
        ResampledFigures.of(bootstrap, figures.clusters(), threads, progress, figures::figures);
    Map<String, Estimate> estimates = new LinkedHashMap<>();
    for (int k = 0; k < NAMES.size(); k++) {
      int index = k;
      estimates.put(
          NAMES.get(k), resampled.estimate(values -> values[index], predictions.samples().size()));
    }
    return estimates;
  }

  private double[] figures(Multiplicities weights) {
    List<ClassCounts> counts = new ArrayList<>();
    for (int c = 0; c < predictions.names().size(); c++) {
      counts.add(counts(c, weights));
    }
    return new double[] {
      accuracy(counts),
      mean(counts.stream().filter(of -> of.positives() > 0).toList(), ClassCounts::sensitivity),
      ClassCounts.macroRecall(counts),
      ClassCounts.macroF1(counts),
      rankings.stream()
          .map(ranking -> ranking.figures(weights, 1))
          .mapToDouble(RankingFigures::auroc)
          .filter(value -> !Double.isNaN(value))
          .average()
          .orElse(Double.NaN)
    };
  }

  private double accuracy(List<ClassCounts> counts) {
    return switch (predictions.mode()) {
      case EXCLUSIVE ->
          (double) counts.stream().mapToLong(ClassCounts::truePositives).sum()
              / counts.stream().mapToLong(ClassCounts::positives).sum();
      case MULTIPLE -> mean(counts, ClassCounts::accuracy);
    };
  }

  private static double mean(List<ClassCounts> counts, ToDoubleFunction<ClassCounts> figure) {
    return counts.stream().mapToDouble(figure).average().orElse(Double.NaN);
  }

  private ClassCounts counts(int index, Multiplicities weights) {
    long[] cells = new long[4];
    for (int i = 0; i < truth.length; i++) {
      int cell = (truth[i][index] ? 0 : 1) + (called[i][index] ? 0 : 2);
      cells[cell] += weights.of(clusterOf[i]);
    }
    return new ClassCounts(cells[0], cells[1], cells[2], cells[3]);
  }
}
