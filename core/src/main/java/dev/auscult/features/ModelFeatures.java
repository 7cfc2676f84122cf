package dev.auscult.features;

import dev.auscult.metric.Estimate;
import dev.auscult.projection.PlanarMap;
import java.util.Collections;
import java.util.EnumMap;
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

  /** With figures of classes too, in the order of {@link FeatureFigure}. */
  ModelFeatures with(Map<FeatureFigure, Estimate> ofClasses) {
    Map<FeatureFigure, Estimate> all = new EnumMap<>(FeatureFigure.class);
    all.putAll(figures);
    all.putAll(ofClasses);
    return new ModelFeatures(model, domain, dimension, all, map, trustworthiness);
  }

  /**
   * Whether the interval of linear probe or neighbours lies above the chance of so many classes.
   */
  boolean separates(int classes) {
    double chance = 1.0 / classes;
    return least(FeatureFigure.PROBE) > chance || least(FeatureFigure.NEIGHBOURS) > chance;
  }

  /** The end of the interval; the figure itself where all resamples have the same. */
  private double least(FeatureFigure figure) {
    Estimate of = figure(figure);
    return Double.isNaN(of.lo()) ? of.value() : of.lo();
  }

  /** A figure; undefined if it was not measured. */
  public Estimate figure(FeatureFigure figure) {
    return figures.getOrDefault(figure, Estimate.undefined());
  }
}
