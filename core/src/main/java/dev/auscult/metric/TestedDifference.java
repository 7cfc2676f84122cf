package dev.auscult.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The difference of two figures with a test of whether there is one: over the bootstrap's standard
 * error it follows Student's t.
 *
 * @param difference with its interval
 * @param p two-sided; {@code NaN} where resampling knows no uncertainty
 * @param adjusted after Holm's correction over all tests that are made together
 */
public record TestedDifference(Estimate difference, double p, double adjusted) {
  /** The level at which two figures count as different. */
  public static final double LEVEL = 0.05;

  /** Standard errors up to this are rounding. */
  private static final double NO_ERROR = 1e-12;

  /**
   * Tests a single difference; nothing is corrected yet.
   *
   * @param derived computes it from the figures
   * @param n how many observations stand behind it
   * @param clusters the fewer of those behind either figure
   */
  public static TestedDifference of(
      ResampledFigures figures, ToDoubleFunction<double[]> derived, int n, int clusters) {
    Estimate difference = figures.estimate(derived, n);
    double error = figures.standardError(derived);
    double p =
        error > NO_ERROR ? StudentT.twoSided(difference.value() / error, clusters - 1) : Double.NaN;
    return new TestedDifference(difference, p, p);
  }

  /** The same differences in their order, corrected for how many they are. */
  public static List<TestedDifference> corrected(List<TestedDifference> family) {
    List<Double> adjusted = Holm.adjusted(family.stream().map(TestedDifference::p).toList());
    List<TestedDifference> corrected = new ArrayList<>();
    for (int i = 0; i < family.size(); i++) {
      TestedDifference one = family.get(i);
      corrected.add(new TestedDifference(one.difference, one.p, adjusted.get(i)));
    }
    return corrected;
  }

  /** Whether there is a difference beyond chance, after the correction. */
  public boolean significant() {
    return adjusted <= LEVEL;
  }
}
