package dev.auscult.shapley;

import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;

/**
 * A side as if its players just added up: {@code u(S) ~ c(|S|) + sum_{i in S} a_i}, fitted by ridge
 * regression to the prefixes of some of its orders.
 *
 * <p>Being a game itself, it has a Shapley value in closed form; what it misses of other orders are
 * the residuals {@code r(S) = u(S) - c(|S|) - sum a_i}.
 */
final class AdditiveSide {
  /** Per order; a size of few orders leaves the coefficients of its players open. */
  private static final double RIDGE = 0.1;

  private static final double SYMMETRY = 1e-6;

  private final double[][] constant;
  private final double[][] perPlayer;

  private AdditiveSide(double[][] constant, double[][] perPlayer) {
    this.constant = constant;
    this.perPlayer = perPlayer;
  }

  /**
   * Fits to the prefixes of some orders.
   *
   * @param orders their numbers, at least one
   */
  static AdditiveSide fit(EncodedOrders side, List<Integer> orders) {
    int n = side.players();
    Fit fit = new Fit(side, orders);
    for (int size = 1; size < n; size++) {
      fit.addSize(size);
    }
    double[][] perPlayer = fit.solve();
    double[][] constant = new double[n + 1][];
    for (int size = 0; size <= n; size++) {
      constant[size] = fit.constant(size, perPlayer);
    }
    return new AdditiveSide(constant, perPlayer);
  }

  /** The normal equations, each size centred by itself so that {@code c} drops out. */
  private static final class Fit {
    private final EncodedOrders side;
    private final List<Integer> orders;
    private final int n;
    private final int dimension;
    private final double[][] left;
    private final double[][] right;

    Fit(EncodedOrders side, List<Integer> orders) {
      this.side = side;
      this.orders = orders;
      this.n = side.players();
      this.dimension = side.dimension();
      this.left = new double[n][n];
      this.right = new double[n][dimension];
    }

    private int number() {
      return orders.size();
    }

    void addSize(int size) {
      double[] share = share(size);
      double[] mean = mean(size);
      for (int p : orders) {
        double[] x = new double[n];
        double[] y = new double[dimension];
        for (int s = 0; s < n; s++) {
          int player = side.order(p).playerAt(s);
          x[player] = (s < size ? 1 : 0) - share[player];
        }
        for (int k = 0; k < dimension; k++) {
          y[k] = side.prefix(p, size, k) - mean[k];
        }
        add(x, y);
      }
    }

    private void add(double[] x, double[] y) {
      for (int i = 0; i < n; i++) {
        addScaled(x, x[i], left[i]);
        addScaled(y, x[i], right[i]);
      }
    }

    /** The share of the orders that have each player among their first {@code size}. */
    private double[] share(int size) {
      double[] share = new double[n];
      for (int p : orders) {
        for (int s = 0; s < size; s++) {
          share[side.order(p).playerAt(s)] += 1.0 / number();
        }
      }
      return share;
    }

    private double[] mean(int size) {
      double[] mean = new double[dimension];
      for (int p : orders) {
        for (int k = 0; k < dimension; k++) {
          mean[k] += side.prefix(p, size, k) / number();
        }
      }
      return mean;
    }

    double[][] solve() {
      if (n == 0) {
        return new double[0][];
      }
      for (int i = 0; i < n; i++) {
        left[i][i] += RIDGE * number();
      }
      return new CholeskyDecomposition(new Array2DRowRealMatrix(left, false), SYMMETRY, 0)
          .getSolver()
          .solve(new Array2DRowRealMatrix(right, false))
          .getData();
    }

    double[] constant(int size, double[][] perPlayer) {
      double[] constant = mean(size);
      double[] share = share(size);
      for (int i = 0; i < n; i++) {
        addScaled(perPlayer[i], -share[i], constant);
      }
      return constant;
    }
  }

  /**
   * The surrogate's own Shapley values, {@code 1/n sum_s <c(s+1) - c(s) + a_i, G(s)>}.
   *
   * @param met {@code G}, what a player at each position meets of the other side, {@code [n][d]}
   */
  double[] shapley(double[][] met) {
    int n = perPlayer.length;
    double[] mean = new double[n == 0 ? 0 : met[0].length];
    double common = 0;
    for (int s = 0; s < n; s++) {
      addScaled(met[s], 1.0 / n, mean);
      common += (dot(constant[s + 1], met[s]) - dot(constant[s], met[s])) / n;
    }
    double[] phi = new double[n];
    for (int i = 0; i < n; i++) {
      phi[i] = common + dot(perPlayer[i], mean);
    }
    return phi;
  }

  /** The residual vectors of all prefixes of an order, {@code [n + 1][d]}. */
  double[][] residuals(EncodedOrders side, int p) {
    int n = perPlayer.length;
    double[] sum = new double[side.dimension()];
    double[][] residuals = new double[n + 1][side.dimension()];
    for (int size = 0; size <= n; size++) {
      if (size > 0) {
        addScaled(perPlayer[side.order(p).playerAt(size - 1)], 1, sum);
      }
      for (int k = 0; k < sum.length; k++) {
        residuals[size][k] = side.prefix(p, size, k) - constant[size][k] - sum[k];
      }
    }
    return residuals;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static void addScaled(double[] values, double factor, double[] to) {
    for (int k = 0; k < to.length; k++) {
      to[k] += factor * values[k];
    }
  }
}
