package dev.auscult.adapt;

import dev.auscult.data.LabelMode;
import dev.auscult.learning.ClassBalance;
import dev.auscult.tensor.FloatMatrix;

/** The loss of scores on a validation split: what candidates are chosen by. */
final class PredictionLoss {
  private PredictionLoss() {}

  /** The mean loss of an adapter on the validation split; 0 if that is empty. */
  static double of(Adapter adapter, AdaptationTask task, ClassBalance balance) {
    LabelledFeatures validation = task.validation();
    return of(
        adapter.scores(validation.images(), task.texts(), task.mode(), task.logitScale()),
        validation,
        task.mode(),
        balance);
  }

  /**
   * Cross-entropy of exclusive labels, else the mean over labels of the logistic loss, natural
   * logarithm.
   *
   * @param scores {@code [n, classes]}
   */
  static double of(
      FloatMatrix scores, LabelledFeatures samples, LabelMode mode, ClassBalance balance) {
    int[] frequencies = samples.frequencies(scores.columns());
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < samples.size(); i++) {
      switch (mode) {
        case EXCLUSIVE -> {
          int label = samples.labels().get(i).get(0);
          double counts = balance == ClassBalance.PLAIN ? 1 : 1.0 / frequencies[label];
          sum += counts * crossEntropy(scores, i, label);
          weight += counts;
        }
        case MULTIPLE -> {
          for (int c = 0; c < scores.columns(); c++) {
            boolean has = samples.labels().get(i).contains(c);
            int same = has ? frequencies[c] : samples.size() - frequencies[c];
            double counts = balance == ClassBalance.PLAIN ? 1 : 1.0 / same;
            sum += counts * logistic(has ? -scores.get(i, c) : scores.get(i, c));
            weight += counts;
          }
        }
      }
    }
    return weight == 0 ? 0 : sum / weight;
  }

  private static double crossEntropy(FloatMatrix scores, int row, int label) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < scores.columns(); c++) {
      largest = Math.max(largest, scores.get(row, c));
    }
    double sum = 0;
    for (int c = 0; c < scores.columns(); c++) {
      sum += Math.exp(scores.get(row, c) - largest);
    }
    return largest + Math.log(sum) - scores.get(row, label);
  }

  private static double logistic(double signed) {
    return Math.max(signed, 0) + Math.log1p(Math.exp(-Math.abs(signed)));
  }
}
