package dev.auscult.metric;

import java.util.function.ToDoubleFunction;

/**
 * How far a figure of a resample is from that of the data, where that can only be bounded.
 *
 * <p>Sizes and maxima - a calibration error, a gap between groups - have a kink where the parts
 * they are made of are equal or 0. There figures of resamples lie above that of the data, as that
 * of the data lies above the truth: quantiles of resamples then give no interval. The part's own
 * deviations do (Fang and Santos 2019, "Inference on directionally differentiable functions"):
 * through the kink they can count upwards only ({@code above}), or as if there were no kink ({@code
 * below}). The figure's true deviation lies between the two, whatever the truth, so that {@code
 * [figure - quantile of above, figure - quantile of below]} covers at least at its level.
 *
 * @param above at least the deviation, from the figures of a resample
 * @param below at most the deviation
 */
public record Deviation(ToDoubleFunction<double[]> above, ToDoubleFunction<double[]> below) {

  /** Of a figure without a kink: {@code figures[index]} less its value in the data. */
  public static Deviation of(int index, double observed) {
    ToDoubleFunction<double[]> off = figures -> figures[index] - observed;
    return new Deviation(off, off);
  }

  /** Of the difference of two figures. */
  public Deviation minus(Deviation other) {
    return new Deviation(
        figures -> above.applyAsDouble(figures) - other.below.applyAsDouble(figures),
        figures -> below.applyAsDouble(figures) - other.above.applyAsDouble(figures));
  }

  /**
   * Up to how many standard errors from a kink a part counts as if it were on it: {@code sqrt(ln
   * n)}, the choice of Andrews and Soares (2010), at least 1.
   *
   * @param n independent observations
   */
  public static double tolerance(int n) {
    return Math.sqrt(Math.max(1, Math.log(n)));
  }
}
