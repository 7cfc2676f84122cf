package dev.auscult.features;

import dev.auscult.metric.ContrastiveGeometry;
import dev.auscult.metric.Moments;
import java.util.Arrays;
import java.util.Optional;

/**
 * How one model's vectors lie on the sphere.
 *
 * <p>Uniformity is a mean over pairs. Its resamples are those of its linear part (the mean of each
 * image's closeness to all others, twice, less the whole), which has the same variance to first
 * order and needs no pairs of an image with itself.
 */
final class Geometry {
  private final double[] closeness;
  private final Optional<Pairs> pairs;

  private Geometry(double[] closeness, Optional<Pairs> pairs) {
    this.closeness = closeness;
    this.pairs = pairs;
  }

  /**
   * Measures.
   *
   * @param images the vectors of the cohort, {@code [n][d]}
   * @param pairs its images with texts, where the model has an encoder of these
   */
  static Geometry of(double[][] images, Optional<Pairs> pairs) {
    return new Geometry(ContrastiveGeometry.closeness(images), pairs);
  }

  /** Images with their texts. */
  static final class Pairs {
    private final int[] rows;
    private final double[][] images;
    private final double[][] texts;
    private final double[] distances;
    private final double[] closeness;

    /**
     * @param rows where the images are in the cohort
     * @param images their vectors, {@code [m][d]}
     * @param texts the vectors of their texts
     * @param ownTexts whether the texts are the images' own, not names of classes, which repeat and
     *     so have no uniformity to speak of
     */
    Pairs(int[] rows, double[][] images, double[][] texts, boolean ownTexts) {
      this.rows = rows.clone();
      this.images = images;
      this.texts = texts;
      this.distances = ContrastiveGeometry.pairDistances(images, texts);
      this.closeness = ownTexts ? ContrastiveGeometry.closeness(texts) : new double[0];
    }

    double figure(FeatureFigure figure, double[] weights) {
      double[] own = Arrays.stream(rows).mapToDouble(row -> weights[row]).toArray();
      return switch (figure) {
        case ALIGNMENT -> Separation.weightedMean(distances, own);
        case MODALITY_GAP -> ContrastiveGeometry.gap(images, texts, own);
        default -> closeness.length == 0 ? Double.NaN : uniformity(closeness, own);
      };
    }
  }

  /** How many pairs there are. */
  int pairs() {
    return pairs.map(of -> of.rows.length).orElse(0);
  }

  /** A figure of images that count as often as {@code weights} of the cohort say. */
  double figure(FeatureFigure figure, double[] weights) {
    return figure == FeatureFigure.UNIFORMITY
        ? uniformity(closeness, weights)
        : pairs.map(of -> of.figure(figure, weights)).orElse(Double.NaN);
  }

  private static double uniformity(double[] closeness, double[] weights) {
    return Math.log(2 * Separation.weightedMean(closeness, weights) - Moments.mean(closeness));
  }
}
