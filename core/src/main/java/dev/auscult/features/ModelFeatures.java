package dev.auscult.features;

import dev.auscult.metric.Estimate;
import dev.auscult.projection.PlanarMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was found of one model on one data set.
 *
 * @param model as the user named it
 * @param domain what it was trained on
 * @param dimension of its vectors
 * @param figures with their intervals; undefined ones are {@code NaN}
 * @param map of the images, in the order of {@link DataDescription#images()}
 * @param trustworthiness of the map
 */
public record ModelFeatures(
    String model,
    ModelDomain domain,
    int dimension,
    Map<FeatureFigure, Estimate> figures,
    PlanarMap map,
    double trustworthiness) {

  /** Copies the map. */
  public ModelFeatures {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /** A figure; undefined if it was not measured. */
  public Estimate figure(FeatureFigure figure) {
    return figures.getOrDefault(figure, Estimate.undefined());
  }
}
