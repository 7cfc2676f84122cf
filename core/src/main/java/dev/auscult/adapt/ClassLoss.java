package dev.auscult.adapt;

import dev.auscult.data.LabelMode;
import java.util.List;

/**
 * The mean loss of a batch's logits and its gradient: of exclusive labels the cross-entropy, else
 * the mean over labels of the logistic loss of a label's logit less that of nothing found, which is
 * the last column. Natural logarithm.
 */
final class ClassLoss {
  private ClassLoss() {}

  /**
   * The loss.
   *
   * @param logits {@code [n, columns]}, overwritten with the derivative
   * @param labels of each row
   */
  static double of(double[][] logits, List<List<Integer>> labels, LabelMode mode) {
    double loss = 0;
    for (int i = 0; i < logits.length; i++) {
      loss +=
          switch (mode) {
            case EXCLUSIVE -> crossEntropy(logits[i], labels.get(i).get(0), logits.length);
            case MULTIPLE -> logistic(logits[i], labels.get(i), logits.length);
          };
    }
    return loss / logits.length;
  }

  private static double crossEntropy(double[] logits, int label, int samples) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      largest = Math.max(largest, logit);
    }
    double own = logits[label] - largest;
    double sum = 0;
    for (int c = 0; c < logits.length; c++) {
      logits[c] = Math.exp(logits[c] - largest);
      sum += logits[c];
    }
    for (int c = 0; c < logits.length; c++) {
      logits[c] = (logits[c] / sum - (c == label ? 1 : 0)) / samples;
    }
    return Math.log(sum) - own;
  }

  private static double logistic(double[] logits, List<Integer> labels, int samples) {
    int classes = logits.length - 1;
    double nothing = logits[classes];
    double byNothing = 0;
    double loss = 0;
    for (int c = 0; c < classes; c++) {
      boolean has = labels.contains(c);
      double signed = has ? nothing - logits[c] : logits[c] - nothing;
      loss += Math.max(signed, 0) + Math.log1p(Math.exp(-Math.abs(signed)));
      double wrong = 1 / (1 + Math.exp(-signed));
      logits[c] = (has ? -wrong : wrong) / classes / samples;
      byNothing -= logits[c];
    }
    logits[classes] = byNothing;
    return loss / classes;
  }
}
