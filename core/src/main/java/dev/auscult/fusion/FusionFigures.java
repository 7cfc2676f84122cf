package dev.auscult.fusion;

import dev.auscult.metric.Clusters;
import dev.auscult.metric.Multiplicities;
import dev.auscult.metric.Ranking;
import dev.auscult.metric.RankingFigures;
import dev.auscult.metric.Reliability;
import dev.auscult.metric.Reliability.ReliabilityFigures;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Figures of one classifier's predictions of the test side, ready to be computed again for every
 * resample of the patients. Of two outcomes the second is the positive one for calibration, of more
 * it is the outcome that is called; AUROC is the mean over outcomes, each against all others.
 */
final class FusionFigures {
  private static final int BINS = 10;

  private final boolean[] right;
  private final int[] clusterOf;
  private final List<Ranking> rankings = new ArrayList<>();
  private final double[] squaredErrors;
  private final Reliability reliability;

  FusionFigures(PairedFeatures test, FloatMatrix logits) {
    int n = test.size();
    int outcomes = logits.columns();
    this.clusterOf = numbers(test.patients());
    this.right = new boolean[n];
    double[][] probabilities = new double[n][];
    for (int i = 0; i < n; i++) {
      probabilities[i] = OutcomeProbabilities.of(logits, i);
      right[i] = OutcomeProbabilities.called(logits, i) == test.outcomes().get(i);
    }
    int clusters = Clusters.of(test.patients()).count();
    for (int c = outcomes == 2 ? 1 : 0; c < outcomes; c++) {
      int outcome = c;
      rankings.add(
          Ranking.of(
              IntStream.range(0, n).mapToDouble(i -> probabilities[i][outcome]).toArray(),
              are(test, outcome),
              clusterOf,
              clusters));
    }
    this.squaredErrors = new double[n];
    this.reliability =
        outcomes == 2 ? ofPositive(test, probabilities) : ofCalled(test, logits, probabilities);
  }

  private static int[] numbers(List<String> patients) {
    Map<String, Integer> numbers = new HashMap<>();
    patients.forEach(patient -> numbers.putIfAbsent(patient, numbers.size()));
    return patients.stream().mapToInt(patient -> numbers.getOrDefault(patient, 0)).toArray();
  }

  private static boolean[] are(PairedFeatures test, int outcome) {
    boolean[] are = new boolean[test.size()];
    for (int i = 0; i < are.length; i++) {
      are[i] = test.outcomes().get(i) == outcome;
    }
    return are;
  }

  private Reliability ofPositive(PairedFeatures test, double[][] probabilities) {
    double[] confidence = new double[probabilities.length];
    boolean[] positive = are(test, 1);
    for (int i = 0; i < confidence.length; i++) {
      confidence[i] = Math.min(1, probabilities[i][1]);
      double off = confidence[i] - (positive[i] ? 1 : 0);
      squaredErrors[i] = off * off;
    }
    return Reliability.of(confidence, positive, squaredErrors, BINS, clusterOf);
  }

  private Reliability ofCalled(PairedFeatures test, FloatMatrix logits, double[][] probabilities) {
    double[] confidence = new double[probabilities.length];
    for (int i = 0; i < confidence.length; i++) {
      confidence[i] = Math.min(1, probabilities[i][OutcomeProbabilities.called(logits, i)]);
      for (int c = 0; c < logits.columns(); c++) {
        double off = probabilities[i][c] - (test.outcomes().get(i) == c ? 1 : 0);
        squaredErrors[i] += off * off;
      }
    }
    return Reliability.of(confidence, right, squaredErrors, BINS, clusterOf);
  }

  /** The squared error of each sample's probabilities. */
  double[] squaredErrors() {
    return squaredErrors.clone();
  }

  /**
   * The figures in the order of {@link FusionMetric}, then the two bounds of how far the ECE is
   * from that of the data ({@link dev.auscult.metric.Deviation}).
   */
  double[] of(Multiplicities weights) {
    long all = 0;
    long rightly = 0;
    for (int i = 0; i < right.length; i++) {
      int weight = weights.of(clusterOf[i]);
      all += weight;
      rightly += right[i] ? weight : 0;
    }
    ReliabilityFigures calibration = reliability.figures(weights);
    double auroc =
        rankings.stream()
            .map(ranking -> ranking.figures(weights, 1))
            .mapToDouble(RankingFigures::auroc)
            .filter(value -> !Double.isNaN(value))
            .average()
            .orElse(Double.NaN);
    return new double[] {
      (double) rightly / all,
      auroc,
      calibration.ece(),
      calibration.brier(),
      calibration.ofEce().above(),
      calibration.ofEce().below()
    };
  }
}
