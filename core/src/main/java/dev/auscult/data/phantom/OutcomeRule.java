package dev.auscult.data.phantom;

import java.util.Arrays;
import java.util.List;

/**
 * On what the outcome of a symptom sketch depends. The drawing has a sign {@code s} (marked on the
 * trunk +1, on a limb -1), the text a sign {@code t} (felt deep inside +1, on the skin -1), both
 * drawn evenly and independently. In a share {@code d} of the sketches the outcome follows the
 * drawing's sign, in a share {@code w} the text's (words), in a share {@code b} their product (both
 * are needed, neither alone says anything), and otherwise a fair coin:
 *
 * <p>{@code P(urgent | s, t) = (1 + d s + w t + b s t) / 2}.
 *
 * <p>What the best possible classifier reaches follows exactly, for whatever it may see.
 *
 * @param drawing d, share that the drawing decides
 * @param text w, share that the text decides
 * @param both b, share that their product decides
 */
public record OutcomeRule(double drawing, double text, double both) {
  private static final List<Integer> SIGNS = List.of(-1, 1);

  /** What a classifier may see. */
  public enum Seen {
    /** Neither. */
    NOTHING,
    /** The drawing alone. */
    DRAWING,
    /** The text alone. */
    TEXT,
    /** Both. */
    BOTH
  }

  /** Checks the shares. */
  public OutcomeRule {
    if (!(drawing >= 0 && text >= 0 && both >= 0 && drawing + text + both <= 1 + 1e-12)) {
      throw new IllegalArgumentException(
          "shares of drawing %s, text %s, both %s; each at least 0, together at most 1 are possible"
              .formatted(drawing, text, both));
    }
  }

  /** The probability of an urgent outcome given both signs, each +1 or -1. */
  public double urgent(int drawingSign, int textSign) {
    double raised = drawing * drawingSign + text * textSign + both * drawingSign * textSign;
    return Math.max(0, Math.min(1, (1 + raised) / 2));
  }

  /** The probability of an urgent outcome given what is seen of the signs. */
  private double urgent(int drawingSign, int textSign, Seen seen) {
    return switch (seen) {
      case NOTHING -> .5;
      case DRAWING -> (1 + drawing * drawingSign) / 2;
      case TEXT -> (1 + text * textSign) / 2;
      case BOTH -> urgent(drawingSign, textSign);
    };
  }

  /** The accuracy of the best possible classifier: the mean of the larger probability. */
  public double bestAccuracy(Seen seen) {
    double sum = 0;
    for (int s : SIGNS) {
      for (int t : SIGNS) {
        double p = urgent(s, t, seen);
        sum += Math.max(p, 1 - p) / 4;
      }
    }
    return sum;
  }

  /**
   * The area under the ROC of the best possible classifier, which ranks by the true probability;
   * ties half.
   */
  public double bestAuroc(Seen seen) {
    double[] score = new double[4];
    double[] positive = new double[4];
    for (int cell = 0; cell < 4; cell++) {
      int s = SIGNS.get(cell & 1);
      int t = SIGNS.get(cell >> 1);
      score[cell] = urgent(s, t, seen);
      positive[cell] = urgent(s, t);
    }
    double won = 0;
    double pairs = 0;
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        double weight = positive[i] * (1 - positive[j]);
        double difference = score[i] - score[j];
        won += weight * (Math.abs(difference) < 1e-12 ? .5 : difference > 0 ? 1 : 0);
        pairs += weight;
      }
    }
    return pairs == 0 ? Double.NaN : won / pairs;
  }

  /** Numbers that identify the rule. */
  List<String> identity() {
    return Arrays.asList(Double.toString(drawing), Double.toString(text), Double.toString(both));
  }
}
