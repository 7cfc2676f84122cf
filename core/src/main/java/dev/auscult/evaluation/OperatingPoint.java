package dev.auscult.evaluation;

import dev.auscult.metric.Estimate;
import dev.auscult.metric.OperatingRule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a threshold that validation data chose does on test data.
 *
 * @param rule by which it was chosen
 * @param className of which class
 * @param threshold scores from it on are called
 * @param figures of the calls on test data, by name
 */
public record OperatingPoint(
    OperatingRule rule, String className, double threshold, Map<String, Estimate> figures) {
  /** Copies the map. */
  public OperatingPoint {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }
}
