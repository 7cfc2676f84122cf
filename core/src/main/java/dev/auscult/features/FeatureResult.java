package dev.auscult.features;

import dev.auscult.metric.Holm;
import java.util.ArrayList;
import java.util.List;

/**
 * What a feature study found.
 *
 * @param settings the choices
 * @param data one entry per data set and grouping, in the order of the command
 */
public record FeatureResult(FeatureSettings settings, List<DataFeatures> data) {

  /** Copies the list. */
  public FeatureResult {
    data = List.copyOf(data);
  }

  /** The result with the p-values of all comparisons corrected together. */
  static FeatureResult corrected(FeatureSettings settings, List<DataFeatures> data) {
    List<Double> holm =
        Holm.adjusted(
            data.stream()
                .flatMap(of -> of.comparisons().stream())
                .map(FeatureComparison::p)
                .toList());
    List<DataFeatures> corrected = new ArrayList<>();
    int next = 0;
    for (DataFeatures of : data) {
      List<FeatureComparison> comparisons = new ArrayList<>();
      for (FeatureComparison comparison : of.comparisons()) {
        comparisons.add(comparison.corrected(holm.get(next++)));
      }
      corrected.add(of.with(comparisons));
    }
    return new FeatureResult(settings, corrected);
  }

  /**
   * Whether an entry is the first of its data set: what does not depend on classes is the same in
   * all, and shown with the first.
   */
  public boolean isFirst(DataFeatures of) {
    return data.stream()
        .filter(each -> each.description().name().equals(of.description().name()))
        .findFirst()
        .filter(first -> first.description().grouping().equals(of.description().grouping()))
        .isPresent();
  }

  /** Every comparison of the study. */
  public List<FeatureComparison> comparisons() {
    return data.stream().flatMap(of -> of.comparisons().stream()).toList();
  }
}
