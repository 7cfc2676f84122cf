package dev.auscult.metric;

import java.util.stream.IntStream;

/**
 * The Hilbert-Schmidt independence criterion of observations that count more or less often: a mean
 * over tuples of four different observations, weighted by the product of how often each counts.
 */
final class CountedTuples {
  private final int[] rows;
  private final double[] weights;

  /** How often all observations count. */
  private final double all;

  /** The sum of squares of how often each counts. */
  private final double squares;

  private CountedTuples(int[] rows, double[] weights) {
    this.rows = rows;
    this.weights = weights;
    this.all = powers(1);
    this.squares = powers(2);
  }

  /** Tuples of observations that count as often as {@code weights} say. */
  static CountedTuples of(double[] weights) {
    int[] rows = IntStream.range(0, weights.length).filter(i -> weights[i] != 0).toArray();
    return new CountedTuples(rows, IntStream.of(rows).mapToDouble(row -> weights[row]).toArray());
  }

  private double powers(int exponent) {
    double sum = 0;
    for (double weight : weights) {
      sum += Math.pow(weight, exponent);
    }
    return sum;
  }

  /** The weight of all tuples of four different observations. */
  private double tuples() {
    return Math.pow(all, 4)
        - 6 * all * all * squares
        + 3 * squares * squares
        + 8 * all * powers(3)
        - 6 * powers(4);
  }

  /** Sums over all other observations, one for each that counts. */
  static final class Sums {
    private final double[] once;
    private final double[] squared;
    private final double[] cubed;

    private Sums(int count) {
      this.once = new double[count];
      this.squared = new double[count];
      this.cubed = new double[count];
    }

    private void add(int at, double value, double weight) {
      once[at] += weight * value;
      squared[at] += weight * weight * value;
      cubed[at] += weight * weight * weight * value;
    }
  }

  /** The sums of {@code k_ij} over all j but i. */
  Sums sums(double[][] k) {
    Sums sums = new Sums(rows.length);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < i; j++) {
        add(sums, i, j, k[rows[i]][rows[j]]);
      }
    }
    return sums;
  }

  private Sums sums(double[][] k, double[][] l) {
    Sums sums = new Sums(rows.length);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < i; j++) {
        add(sums, i, j, k[rows[i]][rows[j]] * l[rows[i]][rows[j]]);
      }
    }
    return sums;
  }

  private void add(Sums sums, int i, int j, double value) {
    sums.add(i, value, weights[j]);
    sums.add(j, value, weights[i]);
  }

  /**
   * The criterion (Song and others 2012, equation 4): the mean over different i, j, q, r of {@code
   * k_ij l_ij + k_ij l_qr - 2 k_ij l_iq}. Each sum over different observations is that over all
   * less what those bring that are the same.
   *
   * @param k products of one representation, symmetric
   * @param l products of the other
   * @param ofK {@link #sums(double[][])} of {@code k}
   * @param ofL of {@code l}
   */
  double criterion(double[][] k, double[][] l, Sums ofK, Sums ofL) {
    Sums both = sums(k, l);
    double same = 0;
    double apart = 0;
    double joined = 0;
    double allK = 0;
    double allL = 0;
    for (int i = 0; i < rows.length; i++) {
      double w = weights[i];
      double crossed = ofK.once[i] * ofL.once[i] - both.squared[i];
      double crossedTwice =
          ofK.squared[i] * ofL.once[i] + ofK.once[i] * ofL.squared[i] - 2 * both.cubed[i];
      double others = all * all - squares - 4 * all * w + 4 * w * w;
      same += w * (others * both.once[i] + 2 * w * both.squared[i]);
      joined += w * ((all - w) * crossed - crossedTwice);
      apart -= w * w * (4 * crossed + 2 * both.squared[i]);
      allK += w * ofK.once[i];
      allL += w * ofL.once[i];
    }
    apart += allK * allL;
    return (same + apart - 2 * joined) / tuples();
  }
}
