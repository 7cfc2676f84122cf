package dev.auscult.report;

import static java.util.stream.Collectors.joining;

import dev.auscult.features.DataDescription;
import dev.auscult.features.DataFeatures;
import dev.auscult.features.FeatureComparison;
import dev.auscult.features.FeatureFigure;
import dev.auscult.features.FeatureResult;
import dev.auscult.features.FeatureVerdict;
import dev.auscult.features.Grouping;
import dev.auscult.features.ImageClass;
import dev.auscult.features.ModelFeatures;
import dev.auscult.metric.Estimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A feature study as scripts read it. */
public final class FeatureJson {
  private FeatureJson() {}

  /** The result under the keys that scripts rely on; undefined figures are null. */
  public static Map<String, @Nullable Object> of(FeatureResult result) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("headline", FeatureWords.headline(result));
    json.put("verdict", new FeatureVerdict(result).sentences());
    json.put(
        "by", result.settings().groupings().stream().map(Grouping::name).collect(joining(", ")));
    json.put("data", result.data().stream().map(FeatureJson::data).toList());
    json.put("comparisons", result.comparisons().stream().map(FeatureJson::comparison).toList());
    return json;
  }

  private static Map<String, @Nullable Object> data(DataFeatures data) {
    DataDescription of = data.description();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", of.name());
    json.put("by", of.grouping().name());
    json.put("n", of.images().size());
    json.put("patients", of.patients());
    json.put("measured", of.measured());
    json.put("notes", of.notes());
    json.put("classes", of.classes().stream().map(FeatureJson::imageClass).toList());
    json.put("models", data.models().stream().map(FeatureJson::model).toList());
    json.put("cka", cka(data, Estimate::value));
    json.put("cka_lo", cka(data, Estimate::lo));
    json.put("cka_hi", cka(data, Estimate::hi));
    json.put("cka_biased", data.biasedCka());
    return json;
  }

  private static List<List<Double>> cka(DataFeatures data, Function<Estimate, Double> part) {
    return data.cka().stream().map(row -> row.stream().map(part).toList()).toList();
  }

  private static Map<String, @Nullable Object> imageClass(ImageClass of) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", of.name());
    json.put("n", of.images());
    json.put("patients", of.patients());
    json.put("measured", of.isMeasured());
    return json;
  }

  private static Map<String, @Nullable Object> model(ModelFeatures model) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("model", model.model());
    json.put("trained_on", model.domain().term());
    json.put("dimension", model.dimension());
    for (FeatureFigure figure : FeatureFigure.values()) {
      json.put(figure.key(), estimate(model.figure(figure)));
    }
    json.put("map_trustworthiness", model.trustworthiness());
    return json;
  }

  private static Map<String, @Nullable Object> comparison(FeatureComparison of) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("data", of.data());
    json.put("by", of.by());
    json.put("first", of.first());
    json.put("second", of.second());
    json.put("figure", of.figure().key());
    json.put("difference", estimate(of.difference()));
    json.put("p", of.p());
    json.put("p_holm", of.pHolm());
    json.put("clear", of.isClear());
    return json;
  }

  private static Map<String, @Nullable Object> estimate(Estimate of) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("value", of.value());
    json.put("lo", of.lo());
    json.put("hi", of.hi());
    json.put("n", of.n());
    return json;
  }
}
