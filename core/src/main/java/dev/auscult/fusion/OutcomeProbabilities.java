package dev.auscult.fusion;

import dev.auscult.tensor.FloatMatrix;
import java.util.List;

/** What follows from logits of outcomes that exclude each other. */
final class OutcomeProbabilities {
  private OutcomeProbabilities() {}

  /** The softmax of a row, in double precision. */
  static double[] of(FloatMatrix logits, int row) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < logits.columns(); c++) {
      largest = Math.max(largest, logits.get(row, c));
    }
    double[] shares = new double[logits.columns()];
    double sum = 0;
    for (int c = 0; c < shares.length; c++) {
      shares[c] = Math.exp(logits.get(row, c) - largest);
      sum += shares[c];
    }
    for (int c = 0; c < shares.length; c++) {
      shares[c] /= sum;
    }
    return shares;
  }

  /** The outcome with the largest logit, the first of equal ones. */
  static int called(FloatMatrix logits, int row) {
    int best = 0;
    for (int c = 1; c < logits.columns(); c++) {
      best = logits.get(row, c) > logits.get(row, best) ? c : best;
    }
    return best;
  }

  /** The log-odds of one outcome against all others together, natural logarithm. */
  static double logOdds(FloatMatrix logits, int row, int outcome) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < logits.columns(); c++) {
      largest = c == outcome ? largest : Math.max(largest, logits.get(row, c));
    }
    double others = 0;
    for (int c = 0; c < logits.columns(); c++) {
      others += c == outcome ? 0 : Math.exp(logits.get(row, c) - largest);
    }
    return logits.get(row, outcome) - largest - Math.log(others);
  }

  /** The mean cross-entropy, natural logarithm. */
  static double loss(FloatMatrix logits, List<Integer> outcomes) {
    double loss = 0;
    for (int i = 0; i < logits.rows(); i++) {
      int outcome = outcomes.get(i);
      double odds = logOdds(logits, i, outcome);
      loss += (Math.max(-odds, 0) + Math.log1p(Math.exp(-Math.abs(odds)))) / logits.rows();
    }
    return loss;
  }
}
