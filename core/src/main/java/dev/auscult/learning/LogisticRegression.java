package dev.auscult.learning;

import dev.auscult.data.LabelMode;
import dev.auscult.tensor.FloatMatrix;
import java.util.Arrays;
import java.util.List;

/**
 * Logistic regression with an L2 penalty, as scikit-learn states it: minimises {@code 1/2 |W|^2 + C
 * sum_i v_i loss_i}; the intercepts are not penalised. Two exclusive classes share one logit, more
 * than two a softmax, and labels that do not exclude each other have one logit each.
 *
 * @param inverseStrength C
 * @param balance how much each sample counts
 */
public record LogisticRegression(double inverseStrength, ClassBalance balance) {
  private static final Lbfgs OPTIMISER = new Lbfgs(10, 1000, 1e-7);

  /** The scores of a class without training samples: as good as never. */
  static final float NEVER = -1000;

  /** Checks the number. */
  public LogisticRegression {
    if (!(inverseStrength > 0 && Double.isFinite(inverseStrength))) {
      throw new IllegalArgumentException("C " + inverseStrength);
    }
  }

  /**
   * The map that fits best: of exclusive labels the softmax of its values are the probabilities,
   * otherwise the values are log-odds.
   *
   * @param rows {@code [n, d]}
   * @param labels for each row the classes it has
   * @param classes how many there are, with or without rows
   */
  public LinearMap fit(FloatMatrix rows, List<List<Integer>> labels, int classes, LabelMode mode) {
    double[][] values = DoubleRows.doubles(rows);
    LogitProblem problem = LogitProblem.of(labels, classes, mode, balance);
    double[] point = new double[problem.logits() * (rows.columns() + 1)];
    OPTIMISER.minimise(new Penalised(values, problem, inverseStrength), point);
    return problem.map(point, rows.columns());
  }

  /** The objective divided by C times the weight of all samples. */
  private static final class Penalised implements Lbfgs.Objective {
    private final LogitProblem problem;
    private final double[][] rows;
    private final double[][] rowsTransposed;
    private final double penalty;
    private final double[][] weights;
    private final double[][] slope;
    private final double[][] logits;

    Penalised(double[][] rows, LogitProblem problem, double inverseStrength) {
      this.problem = problem;
      this.rows = rows;
      this.rowsTransposed = DoubleRows.transposed(rows);
      this.penalty = 1 / (inverseStrength * problem.weight());
      this.weights = new double[problem.logits()][rows[0].length];
      this.slope = new double[problem.logits()][rows[0].length];
      this.logits = new double[problem.logits()][rows.length];
    }

    @Override
    public double at(double[] point, double[] gradient) {
      int dimension = weights[0].length;
      int intercepts = weights.length * dimension;
      for (int c = 0; c < weights.length; c++) {
        System.arraycopy(point, c * dimension, weights[c], 0, dimension);
        Arrays.fill(logits[c], point[intercepts + c]);
      }
      DoubleRows.addProduct(weights, rowsTransposed, logits);
      double loss = problem.loss(logits);
      DoubleRows.clear(slope);
      DoubleRows.addProduct(logits, rows, slope);
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
