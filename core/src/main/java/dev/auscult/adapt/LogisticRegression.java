package dev.auscult.adapt;

import dev.auscult.data.LabelMode;
import java.util.Arrays;

/**
 * Logistic regression with an L2 penalty, as scikit-learn states it: minimises {@code 1/2 |W|^2 + C
 * sum_i v_i loss_i}; the intercepts are not penalised. Two exclusive classes share one logit, more
 * than two a softmax, and labels that do not exclude each other have one logit each.
 *
 * @param inverseStrength C
 * @param balance how much each sample counts
 */
record LogisticRegression(double inverseStrength, ClassBalance balance) {
  private static final Lbfgs OPTIMISER = new Lbfgs(10, 1000, 1e-7);

  /** The scores of a class without training samples: as good as never. */
  static final float NEVER = -1000;

  LogisticRegression {
    if (!(inverseStrength > 0 && Double.isFinite(inverseStrength))) {
      throw new IllegalArgumentException("C " + inverseStrength);
    }
  }

  /**
   * The head that fits best.
   *
   * @param classes how many there are, with or without samples
   */
  LinearHead fit(LabelledFeatures train, int classes, LabelMode mode) {
    double[][] images = Rows.doubles(train.images());
    LogitProblem problem = LogitProblem.of(train, classes, mode, balance);
    double[] point = new double[problem.logits() * (train.dimension() + 1)];
    OPTIMISER.minimise(new Penalised(images, problem, inverseStrength), point);
    return problem.head(point, train.dimension());
  }

  /** The objective divided by C times the weight of all samples. */
  private static final class Penalised implements Lbfgs.Objective {
    private final LogitProblem problem;
    private final double[][] images;
    private final double[][] imagesTransposed;
    private final double penalty;
    private final double[][] weights;
    private final double[][] slope;
    private final double[][] logits;

    Penalised(double[][] images, LogitProblem problem, double inverseStrength) {
      this.problem = problem;
      this.images = images;
      this.imagesTransposed = Rows.transposed(images);
      this.penalty = 1 / (inverseStrength * problem.weight());
      this.weights = new double[problem.logits()][images[0].length];
      this.slope = new double[problem.logits()][images[0].length];
      this.logits = new double[problem.logits()][images.length];
    }

    @Override
    public double at(double[] point, double[] gradient) {
      int dimension = weights[0].length;
      int intercepts = weights.length * dimension;
      for (int c = 0; c < weights.length; c++) {
        System.arraycopy(point, c * dimension, weights[c], 0, dimension);
        Arrays.fill(logits[c], point[intercepts + c]);
      }
      Rows.addProduct(weights, imagesTransposed, logits);
      double loss = problem.loss(logits);
      Rows.clear(slope);
      Rows.addProduct(logits, images, slope);
      double square = 0;
      for (int c = 0; c < weights.length; c++) {
        for (int k = 0; k < dimension; k++) {
          square += weights[c][k] * weights[c][k];
          gradient[c * dimension + k] = slope[c][k] + penalty * weights[c][k];
        }
        gradient[intercepts + c] = Arrays.stream(logits[c]).sum();
      }
      return loss + penalty * square / 2;
    }
  }
}
