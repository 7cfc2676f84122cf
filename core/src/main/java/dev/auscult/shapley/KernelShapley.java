package dev.auscult.shapley;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * KernelSHAP (Lundberg and Lee 2017): Shapley values as a weighted least squares fit to sampled
 * coalitions, constrained to be efficient. Coalitions, weights and solution are those of shap's
 * {@code KernelExplainer} with {@code l1_reg=False} for the same seed.
 *
 * <p>Standard errors are jackknifed over {@value #GROUPS} groups of sampled pairs; what was
 * enumerated has none.
 *
 * @param evaluations coalitions at most, nobody and everybody not counted
 * @param seed as given to {@code np.random.seed}
 */
public record KernelShapley(long evaluations, int seed)
    implements ShapleyEstimator<CooperativeGame> {
  private static final int GROUPS = 20;

  /** Checks the number. */
  public KernelShapley {
    if (evaluations < 1) {
      throw new IllegalArgumentException(evaluations + " evaluations; at least 1 is needed");
    }
  }

  /** The fewest evaluations that determine the values of a game. */
  public static long least(int players) {
    long all = players < 2 || players > 30 ? Long.MAX_VALUE : (1L << players) - 2;
    return Math.max(1, Math.min(2L * players, all));
  }

  @Override
  public Attribution attribute(CooperativeGame game) {
    int n = game.players();
    if (n >= 2 && evaluations < least(n)) {
      throw new IllegalArgumentException(
          "%d evaluations; %d players need at least %d".formatted(evaluations, n, least(n)));
    }
    List<Coalition> asked = foreseen(n);
    double[] values = game.values(asked);
    double empty = values[0];
    double full = values[1];
    Passes passes = new Passes(asked.size(), asked.size());
    if (n < 2) {
      double[] all = n == 0 ? new double[0] : new double[] {full - empty};
      return new Attribution(all, empty, full, passes, List.of());
    }
    Fit fit = new Fit(KernelDesign.draw(n, evaluations, seed), values, n);
    return new Attribution(fit.values(-1), empty, full, passes, fit.replicates());
  }

  @Override
  public List<Coalition> foreseen(int players) {
    List<Coalition> asked = new ArrayList<>();
    asked.add(Coalition.empty(players));
    asked.add(Coalition.full(players));
    if (players >= 2) {
      asked.addAll(KernelDesign.draw(players, evaluations, seed).coalitions());
    }
    return asked;
  }

  /** The normal equations, the last player eliminated by the constraint. */
  private static final class Fit {
    private final int n;
    private final double gain;
    private final KernelDesign design;
    private final int groups;
    private final Equations enumerated;
    private final Equations[] sampled;

    /** Sums of {@code w x x'} and {@code w x y} over some coalitions. */
    private static final class Equations {
      private final double[][] left;
      private final double[] right;
      private double weight;

      Equations(int unknowns) {
        left = new double[unknowns][unknowns];
        right = new double[unknowns];
      }

      void add(double[] x, double y, double w) {
        weight += w;
        for (int i = 0; i < x.length; i++) {
          if (x[i] != 0) {
            right[i] += w * x[i] * y;
            for (int j = 0; j < x.length; j++) {
              left[i][j] += w * x[i] * x[j];
            }
          }
        }
      }
    }

    Fit(KernelDesign design, double[] values, int n) {
      this.n = n;
      this.gain = values[1] - values[0];
      this.design = design;
      this.groups = Math.min(GROUPS, design.draws());
      this.enumerated = new Equations(n - 1);
      this.sampled = new Equations[Math.max(1, groups)];
      for (int g = 0; g < sampled.length; g++) {
        sampled[g] = new Equations(n - 1);
      }
      for (int c = 0; c < design.coalitions().size(); c++) {
        add(c, values[c + 2] - values[0]);
      }
    }

    private void add(int c, double gained) {
      Coalition coalition = design.coalitions().get(c);
      int last = coalition.contains(n - 1) ? 1 : 0;
      double[] x = new double[n - 1];
      for (int i = 0; i < x.length; i++) {
        x[i] = (coalition.contains(i) ? 1 : 0) - last;
      }
      Equations equations =
          c < design.enumerated() ? enumerated : sampled[design.draw(c) % sampled.length];
      equations.add(x, gained - last * gain, design.weight(c));
    }

    /** The values without one group of the sampled pairs; with all of them for -1. */
    double[] values(int without) {
      Equations sum = new Equations(n - 1);
      double drawn = 0;
      for (int g = 0; g < sampled.length; g++) {
        drawn += g == without ? 0 : sampled[g].weight;
      }
      accumulate(sum, enumerated, 1);
      for (int g = 0; g < sampled.length && drawn > 0; g++) {
        if (g != without) {
          accumulate(sum, sampled[g], design.sampledWeight() / drawn);
        }
      }
      double[] phi = new double[n];
      double rest = gain;
      double[] solution = solve(sum);
      for (int i = 0; i < n - 1; i++) {
        phi[i] = solution[i];
        rest -= phi[i];
      }
      phi[n - 1] = rest;
      return phi;
    }

    private static void accumulate(Equations sum, Equations part, double factor) {
      for (int i = 0; i < sum.right.length; i++) {
        sum.right[i] += factor * part.right[i];
        for (int j = 0; j < sum.right.length; j++) {
          sum.left[i][j] += factor * part.left[i][j];
        }
      }
    }

    /** The solution of least norm where coalitions leave it open, as shap's. */
    private static double[] solve(Equations equations) {
      RealMatrix left = new Array2DRowRealMatrix(equations.left, false);
      RealVector right = new ArrayRealVector(equations.right, false);
      LUDecomposition lu = new LUDecomposition(left);
      return lu.getSolver().isNonSingular()
          ? lu.getSolver().solve(right).toArray()
          : new SingularValueDecomposition(left).getSolver().solve(right).toArray();
    }

    /** Pseudo-values: what a block would have to say for leaving it out to change what it does. */
    List<double[][]> replicates() {
      if (design.coalitions().size() == design.enumerated()) {
        return List.of();
      }
      double[] all = values(-1);
      if (groups < 2) {
        return List.<double[][]>of(new double[][] {all});
      }
      double[][] blocks = new double[groups][n];
      for (int g = 0; g < groups; g++) {
        double[] without = values(g);
        for (int i = 0; i < n; i++) {
          blocks[g][i] = groups * all[i] - (groups - 1) * without[i];
        }
      }
      return List.<double[][]>of(blocks);
    }
  }
}
