package dev.auscult.overlay;

import dev.auscult.base.Seed;
import dev.auscult.image.lettering.Box;
import dev.auscult.image.lettering.FoundText;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * How well places with text are found that a person has marked, counted by places; intervals take
 * images (or patients) whole.
 *
 * @param images those that were looked at
 * @param seed of the intervals
 */
public record PlaceTrial(List<FoundInImage> images, Seed seed) {
  /** A marked place is exact to so many pixels. */
  private static final int EXACT_TO = 3;

  /** Copies the list. */
  public PlaceTrial {
    images = List.copyOf(images);
  }

  /** The share of the marked places at least half of which is covered. */
  public Estimate recall() {
    return share(image -> halves(image.where(), boxes(image)));
  }

  /** The share of the places found at least half of which is marked. */
  public Estimate precision() {
    return share(
        image ->
            halves(
                boxes(image),
                image.where().stream()
                    .map(box -> box.grown(EXACT_TO, Integer.MAX_VALUE, Integer.MAX_VALUE))
                    .toList()));
  }

  /** The mean share of a marked place that is covered, of those found. */
  public Estimate covered() {
    return bootstrapped(
        image ->
            image.where().stream()
                .map(box -> box.coveredBy(boxes(image)))
                .filter(share -> share >= 0.5)
                .toList(),
        Bootstrap::mean);
  }

  private static List<Box> boxes(FoundInImage image) {
    return image.found().stream().map(FoundText::box).toList();
  }

  private static List<Double> halves(List<Box> places, List<Box> by) {
    return places.stream().map(box -> box.coveredBy(by) >= 0.5 ? 1.0 : 0.0).toList();
  }

  private Estimate share(Function<FoundInImage, List<Double>> values) {
    return bootstrapped(values, Bootstrap::share);
  }

  /** What is estimated from values in clusters. */
  @FunctionalInterface
  private interface Figure {
    Estimate of(Bootstrap bootstrap, double[] values, Clusters clusters);
  }

  private Estimate bootstrapped(Function<FoundInImage, List<Double>> values, Figure figure) {
    List<Double> all = new ArrayList<>();
    List<String> clusters = new ArrayList<>();
    for (FoundInImage image : images) {
      for (double value : values.apply(image)) {
        all.add(value);
        clusters.add(image.cluster());
      }
    }
    return all.isEmpty()
        ? Estimate.undefined()
        : figure.of(
            Bootstrap.bca(seed.derive("place trial")),
            all.stream().mapToDouble(Double::doubleValue).toArray(),
            Clusters.of(clusters));
  }
}
