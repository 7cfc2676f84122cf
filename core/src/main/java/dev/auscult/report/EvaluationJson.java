package dev.auscult.report;

import dev.auscult.evaluation.ClassResult;
import dev.auscult.evaluation.EvaluationResult;
import dev.auscult.evaluation.FigureNames;
import dev.auscult.evaluation.Finding;
import dev.auscult.evaluation.Gap;
import dev.auscult.evaluation.GroupResult;
import dev.auscult.evaluation.OperatingPoint;
import dev.auscult.evaluation.Task;
import dev.auscult.evaluation.Temperature;
import dev.auscult.evaluation.ThresholdChoice;
import dev.auscult.metric.ConfusionMatrix;
import dev.auscult.metric.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An evaluation as scripts read it. */
public final class EvaluationJson {
  private final EvaluationResult result;

  private EvaluationJson(EvaluationResult result) {
    this.result = result;
  }

  /** Every figure of an evaluation. */
  public static Map<String, @Nullable Object> of(EvaluationResult result) {
    return new EvaluationJson(result).json();
  }

  private Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("task", result.task());
    json.put("classes", result.classes().stream().map(ClassResult::name).toList());
    json.put("n", result.n());
    json.put("patients", result.patients());
    json.put("validation", result.validation());
    json.put("ignored", result.ignored());
    json.putAll(figures(result.figures()));
    if (result.task() == Task.BINARY) {
      ClassResult positive = result.classes().get(0);
      json.put("positives", positive.positives());
      json.put("threshold", positive.threshold());
      figures(positive.figures()).forEach(json::putIfAbsent);
    } else {
      Map<String, @Nullable Object> classes = new LinkedHashMap<>();
      result.classes().forEach(entry -> classes.put(entry.name(), json(entry)));
      json.put("per_class", classes);
    }
    json.put("confusion_matrix", result.confusion().map(EvaluationJson::json));
    json.put("operating_points", result.operatingPoints().stream().map(this::json).toList());
    json.put("temperature", result.temperature().map(EvaluationJson::json));
    json.put("groups", groups());
    json.put("gaps", gaps());
    json.put("findings", result.findings().stream().map(EvaluationJson::json).toList());
    json.put("tests", result.tests().stream().map(EvaluationJson::json).toList());
    result
        .comparison()
        .ifPresent(comparison -> json.put("comparison", new ComparisonReport(comparison).json()));
    return json;
  }

  /** A figure with its interval and the observations behind it. */
  public static Map<String, @Nullable Object> json(Estimate estimate) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("value", estimate.value());
    json.put("lo", estimate.lo());
    json.put("hi", estimate.hi());
    json.put("n", estimate.n());
    return json;
  }

  private static Map<String, @Nullable Object> figures(Map<String, Estimate> figures) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    figures.forEach((name, estimate) -> json.put(name, json(estimate)));
    return json;
  }

  private static Map<String, @Nullable Object> json(ClassResult entry) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("positives", entry.positives());
    json.put("threshold", entry.threshold());
    json.putAll(figures(entry.figures()));
    return json;
  }

  private static List<List<Long>> json(ConfusionMatrix matrix) {
    List<List<Long>> rows = new ArrayList<>();
    for (int truth = 0; truth < matrix.classes(); truth++) {
      List<Long> row = new ArrayList<>();
      for (int called = 0; called < matrix.classes(); called++) {
        row.add(matrix.count(truth, called));
      }
      rows.add(row);
    }
    return rows;
  }

  private Map<String, @Nullable Object> json(OperatingPoint point) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("rule", ThresholdChoice.name(point.rule()));
    if (result.task() != Task.BINARY) {
      json.put("class", point.className());
    }
    json.put("threshold", point.threshold());
    json.putAll(figures(point.figures()));
    return json;
  }

  private static Map<String, @Nullable Object> json(Temperature temperature) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    List<Double> temperatures = temperature.temperatures();
    json.put("temperature", temperatures.size() == 1 ? temperatures.get(0) : temperatures);
    json.put("scaled", figures(temperature.figures()));
    return json;
  }

  private Map<String, @Nullable Object> groups() {
    Map<String, Map<String, @Nullable Object>> attributes = new LinkedHashMap<>();
    for (GroupResult group : result.groups()) {
      attributes
          .computeIfAbsent(group.attribute(), name -> new LinkedHashMap<>())
          .put(group.value(), json(group));
    }
    return new LinkedHashMap<>(attributes);
  }

  private Map<String, @Nullable Object> json(GroupResult group) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("n", group.n());
    json.put("patients", group.patients());
    json.put("standing", group.standing());
    Map<String, @Nullable Object> classes = new LinkedHashMap<>();
    for (ClassResult entry : result.classes()) {
      classes.put(entry.name(), figures(FigureNames.ofClass(group.figures(), entry.name())));
    }
    json.putAll(figures(FigureNames.ofAll(group.figures())));
    if (result.task() == Task.BINARY) {
      figures(FigureNames.ofClass(group.figures(), result.classes().get(0).name()))
          .forEach(json::putIfAbsent);
    } else {
      json.put("per_class", classes);
    }
    return json;
  }

  private Map<String, @Nullable Object> gaps() {
    Map<String, Map<String, @Nullable Object>> attributes = new LinkedHashMap<>();
    for (Gap gap : result.gaps()) {
      Map<String, @Nullable Object> json = json(gap.size());
      json.put("lowest", gap.lowest());
      json.put("highest", gap.highest());
      attributes
          .computeIfAbsent(gap.attribute(), name -> new LinkedHashMap<>())
          .put(gap.metric(), json);
    }
    return new LinkedHashMap<>(attributes);
  }

  private static Map<String, @Nullable Object> json(Finding finding) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("attribute", finding.attribute());
    json.put("value", finding.value());
    json.put("metric", finding.metric());
    json.put("difference", json(finding.difference()));
    json.put("p", finding.p());
    json.put("p_holm", finding.adjusted());
    return json;
  }
}
