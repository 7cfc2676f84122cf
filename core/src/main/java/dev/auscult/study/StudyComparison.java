package dev.auscult.study;

import dev.auscult.metric.CrossedDifference;
import dev.auscult.metric.Estimate;
import java.util.List;

/**
 * How much a figure of one method exceeds that of another on the same test samples.
 *
 * @param level of judgement
 * @param metric which figure
 * @param fractions shares of the training data; several stand for the mean over them
 * @param method which is compared
 * @param other with which it is compared
 * @param found mean over splits of method minus other, to other splits and other test patients
 * @param holm its two-sided p-value with Holm's correction over all pairs of methods at the same
 *     level, figure and shares; whichever pair one looks at, the leader's included
 * @param nadeauBengio uncorrected p-value of the corrected resampled t-test (Nadeau and Bengio
 *     2003), for readers who expect it; {@code NaN} with fewer than two splits, at the whole
 *     training data and over several shares. It is made for splits that each have their own test
 *     set and is not what this study goes by
 */
public record StudyComparison(
    StudyLevel level,
    StudyMetric metric,
    List<Double> fractions,
    StudyMethod method,
    StudyMethod other,
    CrossedDifference found,
    double holm,
    double nadeauBengio) {

  /** Copies the list. */
  public StudyComparison {
    fractions = List.copyOf(fractions);
  }

  /** Whether chance is an unlikely reason for the difference, at 5 %. */
  public boolean isClear() {
    return holm < 0.05;
  }

  /** The difference with its interval. */
  public Estimate difference() {
    return found.difference();
  }

  /** The same seen from the other method. */
  StudyComparison reversed() {
    return new StudyComparison(
        level,
        metric,
        fractions,
        other,
        method,
        new CrossedDifference(
            difference().affine(-1, 0), found.standardError(), found.degrees(), found.p()),
        holm,
        nadeauBengio);
  }

  StudyComparison withHolm(double adjusted) {
    return new StudyComparison(
        level, metric, fractions, method, other, found, adjusted, nadeauBengio);
  }
}
