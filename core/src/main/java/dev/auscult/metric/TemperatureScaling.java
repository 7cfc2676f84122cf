package dev.auscult.metric;

import org.hipparchus.analysis.solvers.BrentSolver;
import org.hipparchus.analysis.solvers.UnivariateSolver;

/**
 * Temperature scaling (Guo et al. 2017): logits divided by one number, fitted on validation data by
 * maximum likelihood. It changes how sure a model is and never what it ranks first.
 */
public final class TemperatureScaling {
  /** Temperatures are looked for from {@code 1/1000} to 1000. */
  private static final double FURTHEST = 1000;

  private static final double ACCURACY = 1e-12;
  private static final int EVALUATIONS = 500;

  private TemperatureScaling() {}

  /**
   * The temperature of the greatest likelihood; {@code NaN} where there is none between 1/1000 and
   * 1000, as where the validation data are perfectly parted, or without observations.
   *
   * @param logits of observation and class, [n, classes]
   * @param truth the number of each observation's class
   * @throws IllegalArgumentException if the lengths differ
   */
  public static double fit(double[][] logits, int[] truth) {
    if (logits.length != truth.length) {
      throw new IllegalArgumentException(
          "%d rows of logits for %d truths".formatted(logits.length, truth.length));
    }
    double low = slope(logits, truth, 1 / FURTHEST);
    double high = slope(logits, truth, FURTHEST);
    if (truth.length == 0 || !(low < 0 && high > 0)) {
      return Double.NaN;
    }
    UnivariateSolver solver = new BrentSolver(ACCURACY, ACCURACY);
    return 1
        / solver.solve(
            EVALUATIONS, inverse -> slope(logits, truth, inverse), 1 / FURTHEST, FURTHEST, 1);
  }

  /**
   * The slope of the mean negative log likelihood over the inverse temperature: mean logit expected
   * minus that of the true class. It rises, as the likelihood is log-concave.
   */
  private static double slope(double[][] logits, int[] truth, double inverse) {
    double sum = 0;
    for (int i = 0; i < truth.length; i++) {
      double[] probabilities = softmax(logits[i], inverse);
      for (int k = 0; k < probabilities.length; k++) {
        sum += probabilities[k] * logits[i][k];
      }
      sum -= logits[i][truth[i]];
    }
    return sum / truth.length;
  }

  /** Probabilities of one observation's logits at a temperature. */
  public static double[] probabilities(double[] logits, double temperature) {
    return softmax(logits, 1 / temperature);
  }

  private static double[] softmax(double[] logits, double inverse) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      largest = Math.max(largest, logit);
    }
    double[] probabilities = new double[logits.length];
    double sum = 0;
    for (int k = 0; k < logits.length; k++) {
      probabilities[k] = Math.exp((logits[k] - largest) * inverse);
      sum += probabilities[k];
    }
    for (int k = 0; k < logits.length; k++) {
      probabilities[k] /= sum;
    }
    return probabilities;
  }
}
