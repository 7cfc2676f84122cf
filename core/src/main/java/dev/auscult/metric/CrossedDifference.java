package dev.auscult.metric;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How much one method exceeds another where both were fitted on several training splits and every
 * fit is judged on the same test patients. It is the analysis of several readers who read the same
 * cases (Obuchowski and Rockette 1995, with the degrees of freedom of Hillis 2007): splits are the
 * readers, test patients the cases, so that both other splits and other patients are accounted for.
 *
 * <p>Of differences {@code d_r} on {@code R} splits with mean {@code D}, {@code S^2} is their
 * variance, and {@code C} the mean covariance of two of them to other patients, found by a
 * bootstrap. Then {@code Var(D) = S^2 / R + max(C, 0)} and {@code D} over its root follows
 * Student's t with {@code (S^2 + R max(C, 0))^2 (R - 1) / S^4} degrees of freedom. The splits count
 * as independent draws, which they are from one pool of training samples: the statement is about
 * this pool, not about another hospital's.
 *
 * @param difference mean over the splits with its interval
 * @param standardError of the mean
 * @param degrees of freedom; infinite where only patients make a difference
 * @param p two-sided, of no difference; 1 where the methods never differ, {@code NaN} where nothing
 *     is known about a difference
 */
public record CrossedDifference(
    Estimate difference, double standardError, double degrees, double p) {
  /**
   * From resampled figures.
   *
   * @param figures with patients as clusters
   * @param ofSplits the difference on each split, from the figures in their order; at least one
   * @param n how many observations stand behind a difference
   * @param level of the interval, e.g. 0.95
   */
  public static CrossedDifference of(
      ResampledFigures figures, List<ToDoubleFunction<double[]>> ofSplits, int n, double level) {
    double[] observed = figures.observed();
    double[] differences =
        ofSplits.stream().mapToDouble(split -> split.applyAsDouble(observed)).toArray();
    ToDoubleFunction<double[]> sum =
        row -> ofSplits.stream().mapToDouble(split -> split.applyAsDouble(row)).sum();
    double single = 0;
    for (ToDoubleFunction<double[]> split : ofSplits) {
      single += square(figures.standardError(split));
    }
    int splits = differences.length;
    double shared =
        splits == 1
            ? single
            : (square(figures.standardError(sum)) - single) / (splits * (splits - 1));
    return of(differences, shared, n, level);
  }

  /**
   * From what is known of the patients' share.
   *
   * @param differences one per split
   * @param covariance of two splits' differences to other patients; of one split its variance
   */
  static CrossedDifference of(double[] differences, double covariance, int n, double level) {
    int splits = differences.length;
    double mean = Moments.mean(differences);
    double ofSplits = splits == 1 ? 0 : square(Moments.sd(differences));
    double whole = ofSplits + splits * Math.max(covariance, 0);
    double error = Math.sqrt(whole / splits);
    double degrees =
        ofSplits > 0 ? square(whole / ofSplits) * (splits - 1) : Double.POSITIVE_INFINITY;
    if (!(error > 0)) {
      Estimate bare = new Estimate(mean, Double.NaN, Double.NaN, Double.NaN, n);
      return new CrossedDifference(bare, error, degrees, mean == 0 ? 1 : Double.NaN);
    }
    double half = StudentT.quantile((1 + level) / 2, degrees) * error;
    Estimate estimate = new Estimate(mean, Double.NaN, mean - half, mean + half, n);
    return new CrossedDifference(
        estimate, error, degrees, StudentT.twoSided(mean / error, degrees));
  }

  private static double square(double value) {
    return value * value;
  }
}
