package dev.auscult.evaluation;

import dev.auscult.metric.Calibration;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.Ranking;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One class or label against the rest.
 *
 * @param name of the class
 * @param positives observations that are of it
 * @param threshold from which score on it is called; empty where the first class is called
 * @param figures by name
 * @param ranking its curves
 * @param calibration its reliability diagram; empty of one of several classes and of mere ranks
 */
public record ClassResult(
    String name,
    int positives,
    Optional<Double> threshold,
    Map<String, Estimate> figures,
    Ranking ranking,
    Optional<Calibration> calibration) {
  /** Copies the map. */
  public ClassResult {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }
}
