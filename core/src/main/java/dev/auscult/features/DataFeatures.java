package dev.auscult.features;

import dev.auscult.metric.Estimate;
import java.util.List;

/**
 * What was found on one data set with one grouping.
 *
 * @param description of the images
 * @param models in the order of the command
 * @param cka the alignment of each model with each, without the bias of few images, with intervals
 *     by patient; by the number of the model
 * @param biasedCka the same as first published
 * @param comparisons of every pair of models
 */
public record DataFeatures(
    DataDescription description,
    List<ModelFeatures> models,
    List<List<Estimate>> cka,
    List<List<Double>> biasedCka,
    List<FeatureComparison> comparisons) {

  /** Copies the lists. */
  public DataFeatures {
    models = List.copyOf(models);
    cka = cka.stream().map(List::copyOf).toList();
    biasedCka = biasedCka.stream().map(List::copyOf).toList();
    comparisons = List.copyOf(comparisons);
  }

  DataFeatures with(List<FeatureComparison> corrected) {
    return new DataFeatures(description, models, cka, biasedCka, corrected);
  }
}
