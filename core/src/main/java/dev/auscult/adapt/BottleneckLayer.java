package dev.auscult.adapt;

import dev.auscult.adapt.Bottleneck.OuterActivation;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A bottleneck adapter while it is trained: {@code Y = alpha A + (1 - alpha) F}, {@code A = H W2},
 * {@code H = ReLU(F W1)}; forward, and backward by hand.
 *
 * <p>Half of {@code H} is zero: each hidden unit keeps a list of the rows it is active in, and all
 * products with {@code H} or its gradient run over those alone.
 */
final class BottleneckLayer {
  private final int hidden;
  private final int dimension;
  private final OuterActivation outer;
  private final boolean learnsRatio;

  /** {@code W1} transposed and {@code W2}, {@code [hidden, d]}, and their gradients. */
  final float[][] down;

  final float[][] up;
  final float[][] downGradient;
  final float[][] upGradient;

  /** {@code a} with alpha = sigmoid(a), and its gradient. */
  final float[][] ratioLogit;

  final float[][] ratioGradient = new float[1][1];

  private final double fixedRatio;
  private final float[][] downTransposed;
  private final float[][] upTransposed;
  private final float[][] activation;
  private final float[][] slope;
  private final float[][] activationByUnit;
  private final float[][] slopeByUnit;
  private final int[][] activeRows;
  private final int[] activeCount;
  private final int[] activeUnits;
  private final float[][] adapted;
  private final float[][] blended;
  private final float[][] adaptedGradient;
  private final float[] byRatio;

  /** A layer to continue from, or to apply, with a fixed ratio. */
  BottleneckLayer(Bottleneck start, int maxRows) {
    this(Rows.of(start.down()), Rows.of(start.up()), start.ratio(), false, start.outer(), maxRows);
  }

  /**
   * @param down {@code [hidden, d]}, owned
   * @param up {@code [hidden, d]}, owned
   * @param ratio alpha at the beginning
   * @param learnsRatio whether alpha is trained
   * @param maxRows of a batch
   */
  BottleneckLayer(
      float[][] down,
      float[][] up,
      double ratio,
      boolean learnsRatio,
      OuterActivation outer,
      int maxRows) {
    this.hidden = down.length;
    this.dimension = down[0].length;
    this.outer = outer;
    this.learnsRatio = learnsRatio;
    this.down = down;
    this.up = up;
    this.fixedRatio = ratio;
    this.ratioLogit = new float[][] {{(float) Math.log(ratio / (1 - ratio))}};
    this.downGradient = new float[hidden][dimension];
    this.upGradient = new float[hidden][dimension];
    this.downTransposed = new float[dimension][hidden];
    this.upTransposed = new float[dimension][hidden];
    this.activation = new float[maxRows][hidden];
    this.slope = new float[maxRows][hidden];
    this.activationByUnit = new float[hidden][maxRows];
    this.slopeByUnit = new float[hidden][maxRows];
    this.activeRows = new int[hidden][maxRows];
    this.activeCount = new int[hidden];
    this.activeUnits = new int[hidden];
    this.adapted = new float[maxRows][dimension];
    this.blended = new float[maxRows][dimension];
    this.adaptedGradient = new float[maxRows][dimension];
    this.byRatio = new float[dimension];
  }

  /** A matrix {@code [hidden, d]} drawn uniformly from +-1/sqrt(fanIn), column after column. */
  static float[][] uniform(int hidden, int dimension, int fanIn, SplittableRandom random) {
    double bound = 1 / Math.sqrt(fanIn);
    float[][] rows = new float[hidden][dimension];
    for (float[] row : rows) {
      for (int k = 0; k < dimension; k++) {
        row[k] = (float) (bound * (2 * random.nextDouble() - 1));
      }
    }
    return rows;
  }

  /** alpha. */
  double ratio() {
    return learnsRatio ? (float) (1 / (1 + Math.exp(-ratioLogit[0][0]))) : fixedRatio;
  }

  /** What was learnt so far. */
  Bottleneck toBottleneck() {
    return new Bottleneck(Rows.matrix(down, dimension), Rows.matrix(up, dimension), ratio(), outer);
  }

  /**
   * {@code Y} of the first {@code n} rows; valid until the next call.
   *
   * @param input {@code F [n, d]}
   */
  float[][] forward(float[][] input, int n) {
    Rows.transpose(down, downTransposed);
    Arrays.fill(activeCount, 0);
    float share = (float) ratio();
    for (int i = 0; i < n; i++) {
      float[] row = activation[i];
      Arrays.fill(row, 0);
      Rows.addCombination(input[i], downTransposed, row);
      int active = rectify(row, i);
      Arrays.fill(adapted[i], 0);
      Rows.addCombination(row, activeUnits, active, up, adapted[i]);
      if (outer == OuterActivation.RELU) {
        positive(adapted[i]);
      }
      blend(share, adapted[i], input[i], blended[i]);
    }
    return blended;
  }

  /** Sets negative values to 0 and lists the others. */
  private int rectify(float[] row, int i) {
    int active = 0;
    for (int unit = 0; unit < row.length; unit++) {
      if (row[unit] > 0) {
        activeUnits[active++] = unit;
        activationByUnit[unit][i] = row[unit];
        activeRows[unit][activeCount[unit]++] = i;
      } else {
        row[unit] = 0;
      }
    }
    return active;
  }

  private static void positive(float[] row) {
    for (int k = 0; k < row.length; k++) {
      row[k] = Math.max(row[k], 0);
    }
  }

  private static void blend(float share, float[] adapted, float[] input, float[] blended) {
    float rest = 1 - share;
    for (int k = 0; k < blended.length; k++) {
      blended[k] = share * adapted[k] + rest * input[k];
    }
  }

  /**
   * Overwrites the gradients of the parameters.
   *
   * @param input what went in
   * @param byOutput the loss's derivative by {@code Y [n, d]}
   * @param byInput {@code [n, d]}, overwritten with the derivative by {@code F}; none if it is not
   *     wanted
   */
  void backward(float[][] input, float[][] byOutput, int n, float[][] byInput) {
    Rows.transpose(up, upTransposed);
    Rows.clear(downGradient);
    Rows.clear(upGradient);
    double share = ratio();
    Arrays.fill(byRatio, 0);
    for (int i = 0; i < n; i++) {
      addProduct(byOutput[i], adapted[i], input[i], byRatio);
      scale((float) share, byOutput[i], adaptedGradient[i]);
      if (outer == OuterActivation.RELU) {
        hideWhereZero(adapted[i], adaptedGradient[i]);
      }
      Arrays.fill(slope[i], 0);
      Rows.addCombination(adaptedGradient[i], upTransposed, slope[i]);
      hideWhereZero(activation[i], slope[i]);
      for (int unit = 0; unit < hidden; unit++) {
        slopeByUnit[unit][i] = slope[i][unit];
      }
    }
    ratioGradient[0][0] = (float) (sum(byRatio) * share * (1 - share));
    for (int unit = 0; unit < hidden; unit++) {
      int[] rows = activeRows[unit];
      int count = activeCount[unit];
      Rows.addCombination(activationByUnit[unit], rows, count, adaptedGradient, upGradient[unit]);
      Rows.addCombination(slopeByUnit[unit], rows, count, input, downGradient[unit]);
    }
    for (int i = 0; i < Math.min(n, byInput.length); i++) {
      scale((float) (1 - share), byOutput[i], byInput[i]);
      Rows.addCombination(slope[i], down, byInput[i]);
    }
  }

  /** Whether alpha is trained. */
  boolean learnsRatio() {
    return learnsRatio;
  }

  private static void addProduct(float[] weights, float[] a, float[] b, float[] sums) {
    for (int k = 0; k < sums.length; k++) {
      sums[k] = Math.fma(weights[k], a[k] - b[k], sums[k]);
    }
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  private static void scale(float factor, float[] source, float[] target) {
    for (int k = 0; k < target.length; k++) {
      target[k] = factor * source[k];
    }
  }

  private static void hideWhereZero(float[] values, float[] target) {
    for (int k = 0; k < target.length; k++) {
      target[k] = values[k] > 0 ? target[k] : 0;
    }
  }
}
