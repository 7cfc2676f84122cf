package dev.auscult.metric;

import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Whether two learners differ over repeated random training splits, whose overlap makes the usual
 * t-test far too sure (Nadeau and Bengio 2003, equation 10).
 *
 * @param mean of the differences
 * @param standardError the root of {@code (1/J + tested/trained)} times their variance
 * @param p two-sided, of Student's t with J - 1 degrees of freedom; 1 if all differences are 0,
 *     {@code NaN} with fewer than two, or where they are equal and not 0
 */
public record CorrectedResampledTest(double mean, double standardError, double p) {

  /**
   * Tests differences.
   *
   * @param differences one per split, J of them
   * @param testedOverTrained size of the test set over size of a training split, more than 0
   */
  public static CorrectedResampledTest of(double[] differences, double testedOverTrained) {
    if (!(testedOverTrained > 0)) {
      throw new IllegalArgumentException("a test set of " + testedOverTrained + " training sets");
    }
    double mean = Moments.mean(differences);
    double sd = Moments.sd(differences);
    double error = sd * Math.sqrt(1.0 / differences.length + testedOverTrained);
    if (error > 0) {
      TDistribution student = new TDistribution(differences.length - 1.0);
      double p = 2 * student.cumulativeProbability(-Math.abs(mean) / error);
      return new CorrectedResampledTest(mean, error, p);
    }
    return new CorrectedResampledTest(mean, error, mean == 0 && sd == 0 ? 1 : Double.NaN);
  }
}
