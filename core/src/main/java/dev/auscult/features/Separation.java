package dev.auscult.features;

import dev.auscult.base.Progress;
import dev.auscult.metric.ClassScatter;
import dev.auscult.metric.NearestNeighbours;
import dev.auscult.metric.Silhouette;

/**
 * How the measured classes of a cohort separate in one model's features: what is known of each
 * image, so that any resample of patients has its figures at once.
 */
final class Separation {
  private final double[][] points;
  private final MeasuredClasses classes;
  private final double[] probe;
  private final double[] neighbours;
  private final double[] silhouettes;

  private Separation(
      double[][] points,
      MeasuredClasses classes,
      double[] probe,
      double[] neighbours,
      double[] silhouettes) {
    this.points = points;
    this.classes = classes;
    this.probe = probe;
    this.neighbours = neighbours;
    this.silhouettes = silhouettes;
  }

  /**
   * Measures.
   *
   * @param images the vectors of the whole cohort, {@code [n][d]}
   */
  static Separation of(double[][] images, MeasuredClasses classes, int threads, Progress progress) {
    double[][] points = classes.rowsOf(images);
    int[] labels = classes.labels();
    int[] folds = classes.folds();
    int[] probed = new ProbeCalls(points, labels, folds).called(threads, progress);
    int[] near = NearestNeighbours.called(points, labels, folds, FeatureSettings.NEIGHBOURS);
    return new Separation(
        points,
        classes,
        right(probed, labels),
        right(near, labels),
        Silhouette.contributions(points, labels));
  }

  private static double[] right(int[] called, int[] labels) {
    double[] right = new double[labels.length];
    for (int i = 0; i < right.length; i++) {
      right[i] = called[i] == labels[i] ? 1 : 0;
    }
    return right;
  }

  /**
   * The value of a compared figure for each measured image; the mean over images is the figure of
   * the whole cohort.
   */
  double[] values(FeatureFigure figure) {
    return switch (figure) {
      case PROBE -> classes.balanced(probe);
      case NEIGHBOURS -> classes.balanced(neighbours);
      case SILHOUETTE -> silhouettes.clone();
      default -> throw new IllegalArgumentException(figure + " is no mean over images");
    };
  }

  /** A figure of images that count as often as {@code weights} say. */
  double figure(FeatureFigure figure, double[] weights) {
    return switch (figure) {
      case PROBE -> classes.meanRecall(probe, weights);
      case NEIGHBOURS -> classes.meanRecall(neighbours, weights);
      case SILHOUETTE -> weightedMean(silhouettes, weights);
      case DAVIES_BOULDIN -> ClassScatter.of(points, classes.labels(), weights).daviesBouldin();
      case FISHER -> ClassScatter.of(points, classes.labels(), weights).fisherRatio();
      default -> throw new IllegalArgumentException(figure + " is no figure of classes");
    };
  }

  static double weightedMean(double[] values, double[] weights) {
    double sum = 0;
    double all = 0;
    for (int i = 0; i < values.length; i++) {
      sum += weights[i] * values[i];
      all += weights[i];
    }
    return sum / all;
  }
}
