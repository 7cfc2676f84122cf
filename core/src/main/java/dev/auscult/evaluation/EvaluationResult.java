package dev.auscult.evaluation;

import dev.auscult.metric.Calibration;
import dev.auscult.metric.ConfusionMatrix;
import dev.auscult.metric.Estimate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an evaluation found.
 *
 * @param task what is predicted
 * @param n observations
 * @param patients how many patients they are of
 * @param validation observations that thresholds and temperatures were chosen on
 * @param ignored rows of other splits
 * @param figures of all observations, by name
 * @param classes each against the rest
 * @param confusion of a single class per observation; empty of several labels
 * @param firstCalibration of several classes the reliability diagram of the first one
 * @param operatingPoints chosen on validation data
 * @param temperature fitted on validation data
 * @param groups in the order of attributes and values, intersections last
 * @param gaps between compared groups
 * @param tests of every compared group, whether it is served worse
 * @param comparison with another model
 */
public record EvaluationResult(
    Task task,
    int n,
    int patients,
    int validation,
    long ignored,
    Map<String, Estimate> figures,
    List<ClassResult> classes,
    Optional<ConfusionMatrix> confusion,
    Optional<Calibration> firstCalibration,
    List<OperatingPoint> operatingPoints,
    Optional<Temperature> temperature,
    List<GroupResult> groups,
    List<Gap> gaps,
    List<Finding> tests,
    Optional<Comparison> comparison) {
  /** Copies map and lists. */
  public EvaluationResult {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    classes = List.copyOf(classes);
    operatingPoints = List.copyOf(operatingPoints);
    groups = List.copyOf(groups);
    gaps = List.copyOf(gaps);
    tests = List.copyOf(tests);
  }

  /** The groups that are worse beyond chance. */
  public List<Finding> findings() {
    return tests.stream().filter(Finding::worse).toList();
  }
}
