package dev.auscult.metric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The largest of several spans, a span being the largest of some groups' figures less the smallest:
 * how far groups are apart. It has kinks where groups share the first or last place, or spans are
 * equally wide. Immutable.
 */
public final class WidestSpan {
  private final List<List<Place>> spans;
  private final double tolerance;

  /**
   * @param spans the figures of one group after the other, of each span
   * @param tolerance standard errors up to which two figures may be equal
   */
  public WidestSpan(List<List<Place>> spans, double tolerance) {
    this.spans = spans.stream().map(WidestSpan::defined).toList();
    this.tolerance = tolerance;
  }

  /**
   * A group's figure.
   *
   * @param group its number
   * @param value its figure in the data; {@code NaN} if undefined
   * @param error the figure's standard error
   * @param deviation of its figure in a resample
   */
  public record Place(int group, double value, double error, Deviation deviation) {
    double errorOfDifference(Place other) {
      double own = Double.isNaN(error) ? 0 : error;
      return Math.hypot(own, Double.isNaN(other.error) ? 0 : other.error);
    }
  }

  /** In ascending order; none of fewer than two. */
  private static List<Place> defined(List<Place> span) {
    List<Place> defined =
        span.stream()
            .filter(place -> !Double.isNaN(place.value()))
            .sorted(Comparator.comparingDouble(Place::value))
            .toList();
    return defined.size() < 2 ? List.of() : defined;
  }

  private static Place lowest(List<Place> span) {
    return span.get(0);
  }

  private static Place highest(List<Place> span) {
    return span.stream()
        .filter(place -> place.value() == span.get(span.size() - 1).value())
        .findFirst()
        .orElseThrow();
  }

  private static double width(List<Place> span) {
    return highest(span).value() - lowest(span).value();
  }

  /** The widest of the defined spans; empty if none is. */
  private List<Place> widest() {
    return spans.stream()
        .filter(span -> !span.isEmpty())
        .reduce((a, b) -> width(b) > width(a) ? b : a)
        .orElse(List.of());
  }

  /** The gap; {@code NaN} if no span is defined. */
  public double value() {
    return widest().isEmpty() ? Double.NaN : width(widest());
  }

  /** The number of the group of the smallest figure of the widest span, or -1. */
  public int lowest() {
    return widest().isEmpty() ? -1 : lowest(widest()).group();
  }

  /** The number of the group of the largest figure of the widest span, or -1. */
  public int highest() {
    return widest().isEmpty() ? -1 : highest(widest()).group();
  }

  /** How far the gap of a resample is from that of the data. */
  public Deviation deviation() {
    List<Ends> candidates = candidates();
    if (candidates.isEmpty()) {
      return new Deviation(values -> Double.NaN, values -> Double.NaN);
    }
    Pair loosest =
        candidates.stream()
            .map(Ends::loosest)
            .max(Comparator.comparingDouble(Pair::error))
            .orElseThrow();
    return new Deviation(above(candidates), loosest.deviation().below());
  }

  private static ToDoubleFunction<double[]> above(List<Ends> candidates) {
    return values ->
        candidates.stream()
            .mapToDouble(ends -> ends.above(values))
            .filter(value -> !Double.isNaN(value))
            .max()
            .orElse(Double.NaN);
  }

  /** The spans that may be the widest, each with the groups that may be at its ends. */
  private List<Ends> candidates() {
    List<Place> widest = widest();
    List<Ends> candidates = new ArrayList<>();
    for (List<Place> span : spans) {
      if (!span.isEmpty() && width(widest) - width(span) <= tolerance * error(widest, span)) {
        candidates.add(ends(span));
      }
    }
    return candidates;
  }

  private static double error(List<Place> widest, List<Place> span) {
    return Math.hypot(
        lowest(widest).errorOfDifference(highest(widest)),
        lowest(span).errorOfDifference(highest(span)));
  }

  private Ends ends(List<Place> span) {
    Place low = lowest(span);
    Place high = highest(span);
    return new Ends(
        span.stream()
            .filter(
                place -> place.value() - low.value() <= tolerance * place.errorOfDifference(low))
            .toList(),
        span.stream()
            .filter(
                place -> high.value() - place.value() <= tolerance * place.errorOfDifference(high))
            .toList());
  }

  /** Two different groups. */
  private record Pair(Place low, Place high) {
    double error() {
      return low.errorOfDifference(high);
    }

    Deviation deviation() {
      return high.deviation().minus(low.deviation());
    }
  }

  /**
   * The groups that may be at the ends of a span.
   *
   * @param low those that may have the smallest figure
   * @param high those that may have the largest
   */
  private record Ends(List<Place> low, List<Place> high) {
    double above(double[] values) {
      double most =
          high.stream()
              .mapToDouble(place -> place.deviation().above().applyAsDouble(values))
              .filter(value -> !Double.isNaN(value))
              .max()
              .orElse(Double.NaN);
      double least =
          low.stream()
              .mapToDouble(place -> place.deviation().below().applyAsDouble(values))
              .filter(value -> !Double.isNaN(value))
              .min()
              .orElse(Double.NaN);
      return most - least;
    }

    /** The two whose difference is least known. */
    Pair loosest() {
      return low.stream()
          .flatMap(a -> high.stream().filter(b -> b.group() != a.group()).map(b -> new Pair(a, b)))
          .max(Comparator.comparingDouble(Pair::error))
          .orElseThrow();
    }
  }
}
