package dev.auscult.metric;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Comparison of two AUROCs of the same observations (DeLong, DeLong and Clarke-Pearson 1988, with
 * midranks as Sun and Xu 2014). Several observations of one patient are no independent ones: given
 * their clusters, variances are those of Obuchowski 1997. Clusters are often few; where they are
 * fewer than observations the difference follows Student's t with one degree of freedom less than
 * clusters, otherwise the normal distribution as published.
 *
 * @param first the first AUROC with its interval, normal, cut at 0 and 1
 * @param second the second
 * @param difference first minus second with its interval
 * @param z difference over its standard error; {@code NaN} where that is 0
 * @param p two-sided p-value of equal areas; 1 if the areas are equal, {@code NaN} where undefined
 * @param cautious the same, but where fewer than {@value #FEW} clusters have a class, of Student's
 *     t with Satterthwaite's degrees of freedom of the two classes' variances: there {@code p} is
 *     too small too often
 */
public record DeLong(
    Estimate first, Estimate second, Estimate difference, double z, double p, double cautious) {
  /** From so many independent observations of the rarer class on the test is as published. */
  public static final int FEW = 20;

  /**
   * Compares two scores of independent observations.
   *
   * @param positive whether each observation is positive
   * @param first one score per observation
   * @param second the other score
   * @param level of the intervals, e.g. 0.95
   * @throws IllegalArgumentException if the lengths differ or a score is not a number
   */
  public static DeLong of(boolean[] positive, double[] first, double[] second, double level) {
    return of(positive, List.of(first), List.of(second), level);
  }

  /**
   * Compares two ways to score independent observations, each with several fits: the areas are
   * means over their fits, and the structural components are too, since an area is linear in them.
   *
   * @param first for each fit one score per observation, at least one
   * @param second the other ones
   */
  public static DeLong of(
      boolean[] positive, List<double[]> first, List<double[]> second, double level) {
    int n = positive.length;
    return of(positive, first, second, singletons(n), n, level);
  }

  /**
   * The same of observations of which several may be one patient's.
   *
   * @param cluster the number of each observation's patient, from 0
   * @param clusters how many patients there are
   */
  public static DeLong of(
      boolean[] positive,
      List<double[]> first,
      List<double[]> second,
      int[] cluster,
      int clusters,
      double level) {
    return of(
        mean(positive, first, cluster, clusters),
        mean(positive, second, cluster, clusters),
        positive.length,
        clusters,
        level);
  }

  private static Placements mean(
      boolean[] positive, List<double[]> scores, int[] cluster, int clusters) {
    return Placements.mean(
        scores.stream().map(fit -> Placements.of(fit, positive, cluster, clusters)).toList());
  }

  private static int[] singletons(int n) {
    return IntStream.range(0, n).toArray();
  }

  /**
   * Compares two scores of observations that belong to clusters.
   *
   * @param positive whether each observation is positive
   * @param first one score per observation
   * @param second the other score
   * @param cluster the number of each observation's cluster, from 0
   * @param clusters how many there are
   * @param level of the intervals, e.g. 0.95
   * @throws IllegalArgumentException if the lengths differ or a score is not a number
   */
  public static DeLong of(
      boolean[] positive,
      double[] first,
      double[] second,
      int[] cluster,
      int clusters,
      double level) {
    return of(
        Placements.of(first, positive, cluster, clusters),
        Placements.of(second, positive, cluster, clusters),
        positive.length,
        clusters,
        level);
  }

  private static DeLong of(Placements a, Placements b, int n, int clusters, double level) {
    double variance = a.covariance(a) + b.covariance(b) - 2 * a.covariance(b); // of the difference
    double off = a.area() - b.area();
    double error = Math.sqrt(Math.max(0, variance));
    double z = error > 0 ? off / error : Double.NaN;
    double degrees = clusters < n ? clusters - 1 : Double.POSITIVE_INFINITY;
    double p = off == 0 ? 1 : StudentT.twoSided(z, degrees);
    double cautious =
        off == 0 || a.rarerClusters() >= FEW
            ? p
            : StudentT.twoSided(z, Math.min(degrees, a.degrees(b)));
    double half = StudentT.quantile((1 + level) / 2, degrees) * error;
    return new DeLong(
        area(a, n, level), area(b, n, level), interval(off, half, n, -1), z, p, cautious);
  }

  /** One AUROC with its interval, normal, cut at 0 and 1. */
  public static Estimate auroc(boolean[] positive, double[] scores, double level) {
    int n = scores.length;
    return area(Placements.of(scores, positive, singletons(n), n), n, level);
  }

  private static Estimate area(Placements placements, int n, double level) {
    double error = Math.sqrt(placements.covariance(placements));
    double half = StudentT.quantile((1 + level) / 2, Double.POSITIVE_INFINITY) * error;
    return interval(placements.area(), half, n, 0);
  }

  private static Estimate interval(double value, double half, int n, int least) {
    return Double.isNaN(half)
        ? new Estimate(value, Double.NaN, Double.NaN, Double.NaN, n)
        : new Estimate(
            value, Double.NaN, Math.max(least, value - half), Math.min(1, value + half), n);
  }
}
