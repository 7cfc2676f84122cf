package dev.auscult.report;

import dev.auscult.metric.Estimate;
import java.util.List;

/** The charts of our reports. */
public final class Charts {
  private Charts() {}

  /**
   * How the score of each model divides between text and image: one bar from 0 to 1 per model,
   * parted at its mean TScore, with the confidence interval of that point.
   */
  public static Picture modalityShares(String name, List<NamedEstimate> tscores) {
    return ShareBars.picture(name, tscores);
  }

  /** The distribution of delta over the samples, one histogram per model on common axes. */
  public static Picture deltaDistribution(String name, List<NamedValues> deltas) {
    return DeltaHistograms.picture(name, deltas);
  }

  /** Curves over a common horizontal axis, with error bars where a point has an error. */
  public static Picture curves(String name, Axes axes, List<Curve> curves) {
    return CurveChart.picture(name, axes, curves);
  }

  /**
   * Figures with their intervals below each other, with a dashed line through one of them.
   *
   * @param axis title of the axis
   * @param estimates at least one, their values finite
   * @param reference the number of the one that the line goes through
   */
  public static Picture dots(
      String name, String axis, List<NamedEstimate> estimates, int reference) {
    return DotChart.picture(name, axis, estimates, reference);
  }

  /** A figure of one model. */
  public record NamedEstimate(String name, Estimate estimate) {}

  /**
   * The values of one model.
   *
   * @param values one per sample, all finite
   */
  public record NamedValues(String name, List<Double> values) {
    /** Copies the list. */
    public NamedValues {
      values = List.copyOf(values);
    }
  }

  /**
   * What the axes show.
   *
   * @param alt what the chart shows, for a reader who cannot see it
   * @param x title of the horizontal axis with its unit
   * @param y title of the vertical axis with its unit
   * @param logarithmic whether both axes are logarithmic
   * @param reach how far they go
   */
  public record Axes(String alt, String x, String y, boolean logarithmic, Reach reach) {
    /** Axes that go as far as the curves. */
    public Axes(String alt, String x, String y, boolean logarithmic) {
      this(alt, x, y, logarithmic, Reach.OF_CURVES);
    }
  }

  /** How far axes go. */
  public enum Reach {
    /** As far as the curves. */
    OF_CURVES,
    /** From 0 to 1 across, as far as the curves up. */
    SHARE_ACROSS,
    /** From 0 to 1 both ways. */
    SHARES
  }

  /**
   * A curve.
   *
   * @param name as the legend says
   * @param points in ascending order of x
   */
  public record Curve(String name, List<Point> points) {
    /** Copies the list. */
    public Curve {
      points = List.copyOf(points);
    }
  }

  /**
   * A point of a curve.
   *
   * @param error half the length of its error bar; 0 for none
   */
  public record Point(double x, double y, double error) {}
}
