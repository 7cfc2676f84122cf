package dev.auscult.study;

import dev.auscult.adapt.ClassPredictions;
import dev.auscult.metric.ClassCounts;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * From which log-odds on a finding is called, where an image may show several. SCALE weighs each
 * combination against "No finding.", a text that no training sample states, so that even odds are
 * arbitrary after training; the same holds, less so, for every method trained on unbalanced labels.
 */
public enum CallThreshold {
  /**
   * One threshold for all combinations, the one with the highest macro F1 on the validation part of
   * the training split, by a fit on the rest of it: what a method has learnt by heart tells nothing
   * about new images. Models as they are keep even odds.
   */
  VALIDATION("validation"),
  /** The same on the very samples that were trained on. */
  TRAINING("training"),
  /** Even odds, as the SCALE paper has it (section 2.3.2). */
  EVEN_ODDS("even-odds");

  private final String term;

  CallThreshold(String term) {
    this.term = term;
  }

  /** The word for it in configurations. */
  public String term() {
    return term;
  }

  /** A score of a sample for a class. */
  private record Scored(float score, int classIndex, boolean positive) {}

  /**
   * The threshold with the highest macro F1 ({@link ClassCounts#macroF1}): halfway between the
   * lowest score that it calls and the next one; 0 where nothing is shown.
   */
  static float best(ClassPredictions predictions) {
    List<Scored> descending = new ArrayList<>();
    int classes = predictions.names().size();
    int[] positives = new int[classes];
    for (int i = 0; i < predictions.samples().size(); i++) {
      for (int c = 0; c < classes; c++) {
        boolean positive = predictions.labels().get(i).contains(c);
        positives[c] += positive ? 1 : 0;
        descending.add(new Scored(predictions.scores().get(i, c), c, positive));
      }
    }
    descending.sort(Comparator.comparing(Scored::score).reversed());
    return sweep(descending, positives);
  }

  private static float sweep(List<Scored> descending, int[] positives) {
    int[] called = new int[positives.length];
    int[] found = new int[positives.length];
    long occurring = Arrays.stream(positives).filter(count -> count > 0).count();
    double sum = 0;
    double most = 0;
    float best = 0;
    for (int i = 0; i < descending.size(); i++) {
      Scored next = descending.get(i);
      int c = next.classIndex();
      sum -= f1(found[c], called[c], positives[c]);
      occurring += positives[c] == 0 && called[c] == 0 ? 1 : 0;
      called[c]++;
      found[c] += next.positive() ? 1 : 0;
      sum += f1(found[c], called[c], positives[c]);
      boolean last = i + 1 == descending.size();
      float after = last ? next.score() : descending.get(i + 1).score();
      if (sum / occurring > most + 1e-12 && (last || after < next.score())) {
        most = sum / occurring;
        best = (next.score() + after) / 2;
      }
    }
    return best;
  }

  private static double f1(int found, int called, int positives) {
    return positives == 0 ? 0 : 2.0 * found / (called + positives);
  }

  /** The same scores with a threshold at 0. */
  static FloatMatrix above(FloatMatrix scores, float threshold) {
    float[] values = scores.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] -= threshold;
    }
    return new FloatMatrix(scores.rows(), scores.columns(), values);
  }
}
