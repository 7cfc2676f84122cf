package dev.auscult.evaluation;

import dev.auscult.metric.Estimate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Temperature scaling, fitted on validation data, applied to test data.
 *
 * @param temperatures one, or of several labels one each; {@code NaN} where none fits
 * @param figures of calibration after it, by name; empty where a temperature is missing
 */
public record Temperature(List<Double> temperatures, Map<String, Estimate> figures) {
  /** Copies both. */
  public Temperature {
    temperatures = List.copyOf(temperatures);
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }
}
