package dev.auscult.adapt;

import dev.auscult.data.LabelMode;
import dev.auscult.metric.ClassCounts;
import dev.auscult.metric.Multiplicities;
import dev.auscult.metric.Ranking;
import dev.auscult.metric.RankingFigures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What samples are and what they are called, ready to be counted with each patient as often as a
 * resample has it. The figures are those of SCALE's evaluation (section 2.3.2). Immutable.
 */
public final class ClassOutcomes {
  private final List<String> classes;
  private final LabelMode mode;
  private final boolean[][] truth;
  private final boolean[][] called;
  private final int[] cluster;
  private final List<Ranking> rankings = new ArrayList<>();

  /**
   * @param cluster the number of each sample's patient, from 0
   */
  public ClassOutcomes(ClassPredictions predictions, List<Integer> cluster) {
    int n = predictions.samples().size();
    int k = predictions.names().size();
    this.classes = predictions.names();
    this.mode = predictions.mode();
    this.cluster = cluster.stream().mapToInt(Integer::intValue).toArray();
    this.truth = new boolean[k][n];
    this.called = new boolean[k][n];
    double[][] scores = new double[k][n];
    for (int i = 0; i < n; i++) {
      int sample = i;
      double[] probabilities = predictions.probabilities(i);
      predictions.labels().get(i).forEach(label -> truth[label][sample] = true);
      predictions.called(i).forEach(label -> called[label][sample] = true);
      for (int c = 0; c < k; c++) {
        scores[c][i] = probabilities[c];
      }
    }
    int clusters = Arrays.stream(this.cluster).max().orElse(-1) + 1;
    for (int c = 0; c < k; c++) {
      rankings.add(Ranking.of(scores[c], truth[c], this.cluster, clusters));
    }
  }

  /** The names of the classes. */
  public List<String> classes() {
    return classes;
  }

  /** Right and wrong calls of a class. */
  public ClassCounts counts(int index, Multiplicities weights) {
    long[] cells = new long[4];
    for (int i = 0; i < cluster.length; i++) {
      int cell = (truth[index][i] ? 0 : 1) + (called[index][i] ? 0 : 2);
      cells[cell] += weights.of(cluster[i]);
    }
    return new ClassCounts(cells[0], cells[1], cells[2], cells[3]);
  }

  private List<ClassCounts> counts(Multiplicities weights) {
    return IntStream.range(0, truth.length).mapToObj(c -> counts(c, weights)).toList();
  }

  /** The area under the ROC curve of a class; {@code NaN} if all samples have it or none. */
  public double auroc(int index, Multiplicities weights) {
    return rankings.get(index).figures(weights, 1).auroc();
  }

  /**
   * The share of samples called rightly where labels exclude each other, else the mean over classes
   * of the share of right calls.
   */
  public double accuracy(Multiplicities weights) {
    List<ClassCounts> counts = counts(weights);
    return switch (mode) {
      case EXCLUSIVE ->
          (double) counts.stream().mapToLong(ClassCounts::truePositives).sum()
              / counts.stream().mapToLong(ClassCounts::positives).sum();
      case MULTIPLE -> mean(counts, ClassCounts::accuracy);
    };
  }

  /** Recall, averaged over the classes that occur in the truth. */
  public double balancedAccuracy(Multiplicities weights) {
    return mean(
        counts(weights).stream().filter(of -> of.positives() > 0).toList(),
        ClassCounts::sensitivity);
  }

  /** Recall, averaged over the classes that occur in truth or calls. */
  public double macroRecall(Multiplicities weights) {
    return ClassCounts.macroRecall(counts(weights));
  }

  /** F1, averaged over the classes that occur in truth or calls. */
  public double macroF1(Multiplicities weights) {
    return ClassCounts.macroF1(counts(weights));
  }

  /** AUROC, averaged over the classes that some samples have and some have not. */
  public double meanAuroc(Multiplicities weights) {
    return rankings.stream()
        .map(ranking -> ranking.figures(weights, 1))
        .mapToDouble(RankingFigures::auroc)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  private static double mean(List<ClassCounts> counts, ToDoubleFunction<ClassCounts> figure) {
    return counts.stream().mapToDouble(figure).average().orElse(Double.NaN);
  }
}
