package dev.auscult.fusion;

import dev.auscult.base.Seed;
import dev.auscult.learning.DoubleRows;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A gated multimodal unit (Arevalo, Solorio, Montes-y-Gómez and González 2017, section 3.1). Of
 * image features {@code x} and text features {@code t}, each with a 1 appended for the bias:
 *
 * <p>{@code h_x = tanh(V x)}, {@code h_t = tanh(T t)}, {@code g = sigmoid(G [x; t])}, {@code h = g
 * * h_x + (1 - g) * h_t} element by element, logits {@code U [h; 1]}.
 *
 * <p>Parameters are kept in single precision, as the optimiser has them; everything else is
 * computed in double precision. Columns of the matrices here are samples.
 */
final class GatedUnit {
  /** Order of the parameter matrices. */
  private static final int IMAGE = 0;

  private static final int TEXT = 1;
  private static final int GATE = 2;
  private static final int OUTPUT = 3;

  private final List<float[][]> parameters;

  private GatedUnit(List<float[][]> parameters) {
    this.parameters = parameters;
  }

  /**
   * A unit before training: normal weights of variance one over the number of inputs.
   *
   * @param image dimension of image features, without the 1
   * @param text dimension of text features, without the 1
   * @param hidden elements that are mixed
   * @param outcomes logits
   */
  static GatedUnit random(int image, int text, int hidden, int outcomes, Seed seed) {
    SplittableRandom random = seed.random();
    return new GatedUnit(
        List.of(
            normal(hidden, image + 1, random),
            normal(hidden, text + 1, random),
            normal(hidden, image + text + 1, random),
            normal(outcomes, hidden + 1, random)));
  }

  private static float[][] normal(int rows, int columns, SplittableRandom random) {
    float[][] matrix = new float[rows][columns];
    double scale = 1 / Math.sqrt(columns);
    for (float[] row : matrix) {
      for (int k = 0; k < columns; k++) {
        row[k] = (float) (scale * random.nextGaussian());
      }
    }
    return matrix;
  }

  /** The matrices themselves: image, text, gate, output. */
  List<float[][]> parameters() {
    return parameters;
  }

  /** A unit with the parameters as they are now. */
  GatedUnit copy() {
    return new GatedUnit(
        parameters.stream()
            .map(matrix -> Arrays.stream(matrix).map(float[]::clone).toArray(float[][]::new))
            .toList());
  }

  /**
   * The logits {@code [outcomes, n]}.
   *
   * @param pairs features
   */
  double[][] logits(PairBatch pairs) {
    return forward(pairs).logits;
  }

  /**
   * The mean cross-entropy (natural logarithm) and its gradient.
   *
   * @param outcomes number of each pair's outcome
   * @param gradients overwritten, in the order of {@link #parameters()}
   */
  double loss(PairBatch pairs, List<Integer> outcomes, List<float[][]> gradients) {
    Forward state = forward(pairs);
    double[][] error = new double[state.logits.length][pairs.size()];
    double loss = crossEntropy(state.logits, outcomes, error);
    write(gradients.get(OUTPUT), timesTransposed(error, state.mixedWithOne()));
    double[][] mixed = transposedTimes(parameters.get(OUTPUT), error, hidden());
    double[][] image = new double[hidden()][pairs.size()];
    double[][] text = new double[hidden()][pairs.size()];
    double[][] gate = new double[hidden()][pairs.size()];
    for (int j = 0; j < hidden(); j++) {
      for (int i = 0; i < pairs.size(); i++) {
        double g = state.gate[j][i];
        double x = state.image[j][i];
        double t = state.text[j][i];
        image[j][i] = mixed[j][i] * g * (1 - x * x);
        text[j][i] = mixed[j][i] * (1 - g) * (1 - t * t);
        gate[j][i] = mixed[j][i] * (x - t) * g * (1 - g);
      }
    }
    write(gradients.get(IMAGE), timesTransposed(image, pairs.images()));
    write(gradients.get(TEXT), timesTransposed(text, pairs.texts()));
    write(gradients.get(GATE), timesTransposed(gate, pairs.both()));
    return loss;
  }

  /** How many elements are mixed. */
  private int hidden() {
    return parameters.get(IMAGE).length;
  }

  /** What a pass computes, {@code [hidden or outcomes, n]}. */
  private static final class Forward {
    final double[][] image;
    final double[][] text;
    final double[][] gate;
    final double[][] mixed;
    final double[][] logits;

    Forward(int hidden, int outcomes, int n) {
      image = new double[hidden][n];
      text = new double[hidden][n];
      gate = new double[hidden][n];
      mixed = new double[hidden + 1][n];
      logits = new double[outcomes][n];
    }

    double[][] mixedWithOne() {
      return mixed;
    }
  }

  private Forward forward(PairBatch pairs) {
    int hidden = hidden();
    Forward state = new Forward(hidden, parameters.get(OUTPUT).length, pairs.size());
    DoubleRows.addProduct(doubles(parameters.get(IMAGE)), pairs.images(), state.image);
    DoubleRows.addProduct(doubles(parameters.get(TEXT)), pairs.texts(), state.text);
    DoubleRows.addProduct(doubles(parameters.get(GATE)), pairs.both(), state.gate);
    for (int j = 0; j < hidden; j++) {
      for (int i = 0; i < pairs.size(); i++) {
        state.image[j][i] = Math.tanh(state.image[j][i]);
        state.text[j][i] = Math.tanh(state.text[j][i]);
        state.gate[j][i] = 1 / (1 + Math.exp(-state.gate[j][i]));
        state.mixed[j][i] =
            state.gate[j][i] * state.image[j][i] + (1 - state.gate[j][i]) * state.text[j][i];
      }
    }
    Arrays.fill(state.mixed[hidden], 1);
    DoubleRows.addProduct(doubles(parameters.get(OUTPUT)), state.mixed, state.logits);
    return state;
  }

  private static double crossEntropy(double[][] logits, List<Integer> outcomes, double[][] error) {
    int n = outcomes.size();
    double loss = 0;
    for (int i = 0; i < n; i++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (double[] row : logits) {
        largest = Math.max(largest, row[i]);
      }
      double sum = 0;
      for (int c = 0; c < logits.length; c++) {
        error[c][i] = Math.exp(logits[c][i] - largest);
        sum += error[c][i];
      }
      loss += (Math.log(sum) + largest - logits[outcomes.get(i)][i]) / n;
      for (int c = 0; c < logits.length; c++) {
        error[c][i] = (error[c][i] / sum - (outcomes.get(i) == c ? 1 : 0)) / n;
      }
    }
    return loss;
  }

  /** {@code a b^T}, summed over samples. */
  private static double[][] timesTransposed(double[][] a, double[][] b) {
    double[][] product = new double[a.length][b.length];
    DoubleRows.addProduct(a, DoubleRows.transposed(b), product);
    return product;
  }

  /** The first {@code rows} rows of {@code a^T b}. */
  private static double[][] transposedTimes(float[][] a, double[][] b, int rows) {
    double[][] product = new double[rows][b[0].length];
    double[][] transposed = new double[rows][a.length];
    for (int j = 0; j < rows; j++) {
      for (int c = 0; c < a.length; c++) {
        transposed[j][c] = a[c][j];
      }
    }
    DoubleRows.addProduct(transposed, b, product);
    return product;
  }

  private static void write(float[][] target, double[][] values) {
    for (int j = 0; j < target.length; j++) {
      for (int k = 0; k < target[j].length; k++) {
        target[j][k] = (float) values[j][k];
      }
    }
  }

  private static double[][] doubles(float[][] matrix) {
    double[][] doubles = new double[matrix.length][matrix[0].length];
    for (int j = 0; j < matrix.length; j++) {
      for (int k = 0; k < matrix[j].length; k++) {
        doubles[j][k] = matrix[j][k];
      }
    }
    return doubles;
  }
}
