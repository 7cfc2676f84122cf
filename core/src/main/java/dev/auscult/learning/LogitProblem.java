package dev.auscult.learning;

import dev.auscult.data.LabelMode;
import dev.auscult.tensor.FloatMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which logits are fitted and what the loss of logits is. Classes that all samples or none have
 * need no logit.
 */
final class LogitProblem {
  private final LabelMode mode;
  private final int classes;
  private final int samples;

  /** The classes that have a logit; of two exclusive ones the second. */
  private final int[] fitted;

  /** Whether two exclusive classes share one logit. */
  private final boolean shared;

  /** 1 where a sample has the class of a logit, {@code [logits][n]}. */
  private final boolean[][] truth;

  /** How much it counts, {@code [logits][n]}; exclusive classes share the first row. */
  private final double[][] weights;

  private final double weight;
  private final int[] frequencies;

  private LogitProblem(
      List<List<Integer>> labels, int classes, LabelMode mode, ClassBalance balance) {
    this.mode = mode;
    this.classes = classes;
    this.samples = labels.size();
    this.frequencies = frequencies(labels, classes);
    int[] present =
        IntStream.range(0, classes)
            .filter(
                c ->
                    frequencies[c] > 0 && (mode == LabelMode.EXCLUSIVE || frequencies[c] < samples))
            .toArray();
    this.shared = mode == LabelMode.EXCLUSIVE && present.length == 2;
    this.fitted = shared ? new int[] {present[1]} : present;
    this.truth = new boolean[fitted.length][samples];
    this.weights = new double[fitted.length][samples];
    for (int c = 0; c < fitted.length; c++) {
      for (int i = 0; i < samples; i++) {
        truth[c][i] = labels.get(i).contains(fitted[c]);
        weights[c][i] = balance == ClassBalance.PLAIN ? 1 : balanced(labels, i, c, present.length);
      }
    }
    this.weight = mode == LabelMode.EXCLUSIVE ? Arrays.stream(weights[0]).sum() : samples;
  }

  static LogitProblem of(
      List<List<Integer>> labels, int classes, LabelMode mode, ClassBalance balance) {
    return new LogitProblem(labels, classes, mode, balance);
  }

  private static int[] frequencies(List<List<Integer>> labels, int classes) {
    int[] frequencies = new int[classes];
    labels.forEach(of -> of.forEach(label -> frequencies[label]++));
    return frequencies;
  }

  private double balanced(List<List<Integer>> labels, int sample, int logit, int present) {
    return switch (mode) {
      case EXCLUSIVE -> (double) samples / (present * frequencies[labels.get(sample).get(0)]);
      case MULTIPLE -> {
        int positive = frequencies[fitted[logit]];
        yield samples / (2.0 * (truth[logit][sample] ? positive : samples - positive));
      }
    };
  }

  /** The number of logits. */
  int logits() {
    return fitted.length;
  }

  /** The weight of all samples. */
  double weight() {
    return weight;
  }

  /**
   * The weighted mean loss; of labels that do not exclude each other the sum over them.
   *
   * @param logits {@code [logits, n]}, overwritten with the derivative
   */
  double loss(double[][] logits) {
    return mode == LabelMode.EXCLUSIVE && !shared ? softmaxLoss(logits) : logisticLoss(logits);
  }

  private double logisticLoss(double[][] logits) {
    double loss = 0;
    for (int c = 0; c < logits.length; c++) {
      for (int i = 0; i < samples; i++) {
        double signed = truth[c][i] ? -logits[c][i] : logits[c][i];
        double share = weights[c][i] / weight;
        loss += share * (Math.max(signed, 0) + Math.log1p(Math.exp(-Math.abs(signed))));
        double wrong = 1 / (1 + Math.exp(-signed));
        logits[c][i] = share * (truth[c][i] ? -wrong : wrong);
      }
    }
    return loss;
  }

  private double softmaxLoss(double[][] logits) {
    double loss = 0;
    for (int i = 0; i < samples; i++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (double[] row : logits) {
        largest = Math.max(largest, row[i]);
      }
      double sum = 0;
      double own = 0;
      for (int c = 0; c < logits.length; c++) {
        own += truth[c][i] ? logits[c][i] - largest : 0;
        logits[c][i] = Math.exp(logits[c][i] - largest);
        sum += logits[c][i];
      }
      double share = weights[0][i] / weight;
      loss += share * (Math.log(sum) - own);
      for (int c = 0; c < logits.length; c++) {
        logits[c][i] = share * (logits[c][i] / sum - (truth[c][i] ? 1 : 0));
      }
    }
    return loss;
  }

  /** The map that a solution describes: one row per class, also for those without a logit. */
  LinearMap map(double[] point, int dimension) {
    float[] weightRows = new float[classes * dimension];
    float[] bias = new float[classes];
    for (int c = 0; c < classes; c++) {
      bias[c] = withoutLogit(c);
    }
    for (int c = 0; c < fitted.length; c++) {
      for (int k = 0; k < dimension; k++) {
        weightRows[fitted[c] * dimension + k] = (float) point[c * dimension + k];
      }
      bias[fitted[c]] = (float) point[fitted.length * dimension + c];
    }
    return new LinearMap(
        new FloatMatrix(classes, dimension, weightRows), new FloatMatrix(1, classes, bias));
  }

  private float withoutLogit(int label) {
    if (mode == LabelMode.EXCLUSIVE) {
      return frequencies[label] > 0 ? 0 : LogisticRegression.NEVER;
    }
    return frequencies[label] > 0 ? -LogisticRegression.NEVER : LogisticRegression.NEVER;
  }
}
