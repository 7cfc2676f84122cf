package dev.auscult.metric;

/** How paired unit vectors lie on the sphere: what contrastive training is after. */
public final class ContrastiveGeometry {
  /** The temperature of {@link #uniformity} in print. */
  private static final double UNIFORMITY = 2;

  private ContrastiveGeometry() {}

  /**
   * How far apart each pair is: squared distances, whose mean is the alignment of Wang and Isola
   * (2020, equation 3, with alpha 2); lower is better aligned.
   *
   * @param first {@code [n][d]}, unit rows
   * @param second {@code [n][d]}, unit rows, one for each of the first
   */
  public static double[] pairDistances(double[][] first, double[][] second) {
    requirePairs(first, second);
    double[] squares = new double[first.length];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = Distances.squared(first[i], second[i]);
    }
    return squares;
  }

  /**
   * How evenly vectors fill the sphere: the logarithm of the mean of {@code exp(-2 |x - y|^2)} over
   * all pairs of different rows (Wang and Isola 2020, equation 4, with t 2); 0 where all are one,
   * lower is more even. {@code NaN} of fewer than 2.
   */
  public static double uniformity(double[][] rows) {
    return Math.log(Moments.mean(closeness(rows)));
  }

  /**
   * The mean of {@code exp(-2 |x - y|^2)} between each row and all others: the logarithm of their
   * mean is the {@link #uniformity}.
   */
  public static double[] closeness(double[][] rows) {
    double[] means = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < i; j++) {
        double kernel = Math.exp(-UNIFORMITY * Distances.squared(rows[i], rows[j]));
        means[i] += kernel;
        means[j] += kernel;
      }
    }
    for (int i = 0; i < rows.length; i++) {
      means[i] /= rows.length - 1;
    }
    return means;
  }

  /**
   * The modality gap: the distance between the mean of the images and that of the texts (Liang and
   * others 2022, section 2.2).
   *
   * @param images {@code [n][d]}, unit rows
   * @param texts {@code [n][d]}, unit rows
   * @param weights how often each pair counts, 0 or more
   */
  public static double gap(double[][] images, double[][] texts, double[] weights) {
    requirePairs(images, texts);
    double all = 0;
    double[] difference = new double[images.length == 0 ? 0 : images[0].length];
    for (int i = 0; i < images.length; i++) {
      all += weights[i];
      for (int k = 0; weights[i] > 0 && k < difference.length; k++) {
        difference[k] += weights[i] * (images[i][k] - texts[i][k]);
      }
    }
    double squares = 0;
    for (double value : difference) {
      squares += value * value;
    }
    return Math.sqrt(squares) / all;
  }

  private static void requirePairs(double[][] first, double[][] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "%d vectors paired with %d".formatted(first.length, second.length));
    }
  }
}
