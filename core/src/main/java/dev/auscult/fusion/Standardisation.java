package dev.auscult.fusion;

import dev.auscult.learning.DoubleRows;
import dev.auscult.projection.PrincipalComponents;
import dev.auscult.tensor.FloatMatrix;
import java.util.List;

/**
 * The first principal components of embeddings, each moved and scaled to mean 0 and standard
 * deviation 1 over the rows it was fitted to. Embeddings of alike images lie close together in a
 * narrow cone: on their own axes a penalty would act on what they all share, and an interaction
 * would drown in directions that hold little.
 */
final class Standardisation {
  /** How many components are tried; the number is chosen on the validation side. */
  static final List<Integer> CANDIDATES = List.of(8, 16, 32, 64);

  private final double[] mean;

  /** {@code [components][d]}, divided by the standard deviation along each. */
  private final double[][] axes;

  private Standardisation(double[] mean, double[][] axes) {
    this.mean = mean;
    this.axes = axes;
  }

  /**
   * Fits to rows.
   *
   * @param components how many to keep; fewer where embeddings have fewer dimensions
   */
  static Standardisation of(FloatMatrix rows, int components) {
    double[][] values = DoubleRows.doubles(rows);
    int columns = rows.columns();
    PrincipalComponents principal = PrincipalComponents.of(values, Math.min(components, columns));
    double[][] axes = principal.axes();
    double[] variances = principal.variances();
    for (int c = 0; c < axes.length; c++) {
      double scale = variances[c] > 0 ? 1 / Math.sqrt(variances[c]) : 0;
      for (int k = 0; k < columns; k++) {
        axes[c][k] *= scale;
      }
    }
    return new Standardisation(mean(values, columns), axes);
  }

  private static double[] mean(double[][] rows, int columns) {
    double[] mean = new double[columns];
    for (double[] row : rows) {
      for (int k = 0; k < columns; k++) {
        mean[k] += row[k] / rows.length;
      }
    }
    return mean;
  }

  /** The same rows on the new axes, {@code [n, components]}. */
  FloatMatrix apply(FloatMatrix rows) {
    int components = axes.length;
    float[] values = new float[rows.rows() * components];
    double[] centred = new double[mean.length];
    for (int i = 0; i < rows.rows(); i++) {
      for (int k = 0; k < centred.length; k++) {
        centred[k] = rows.get(i, k) - mean[k];
      }
      for (int c = 0; c < components; c++) {
        double sum = 0;
        for (int k = 0; k < centred.length; k++) {
          sum += axes[c][k] * centred[k];
        }
        values[i * components + c] = (float) sum;
      }
    }
    return new FloatMatrix(rows.rows(), components, values);
  }
}
