package dev.auscult.cli;

import dev.auscult.balance.ModalityBalance;
import dev.auscult.data.phantom.OutcomeRule;
import dev.auscult.data.phantom.OutcomeRule.Seen;
import dev.auscult.fusion.FusionComparison;
import dev.auscult.fusion.FusionData;
import dev.auscult.fusion.FusionMethod;
import dev.auscult.fusion.FusionResult;
import dev.auscult.fusion.ModalityWorth;
import dev.auscult.fusion.Trained;
import dev.auscult.metric.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The result of {@code auscult sketches} as scripts read it. */
final class SketchesJson {
  private SketchesJson() {}

  static Map<String, @Nullable Object> of(
      FusionData data,
      FusionResult result,
      Map<String, ModalityBalance> balances,
      Optional<OutcomeRule> truth) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("outcomes", data.outcomes());
    json.put("training_samples", data.train().size());
    json.put("validation_samples", data.validation().size());
    json.put("test_samples", data.test().size());
    json.put("skipped", data.skipped().size());
    json.put("truncated_texts", data.truncated());
    json.put("fused", result.fused().term());
    Map<String, @Nullable Object> methods = new LinkedHashMap<>();
    for (FusionMethod method : FusionMethod.values()) {
      methods.put(method.term(), method(result, method, truth));
    }
    json.put("methods", methods);
    json.put("comparisons", result.comparisons().stream().map(SketchesJson::comparison).toList());
    json.put("modality_worth", worth(result.worth()));
    json.put("modality_shapley", audit(result));
    json.put("modality_balance", balances.entrySet().stream().map(SketchesJson::balance).toList());
    truth.ifPresent(rule -> json.put("truth", rule(rule)));
    return json;
  }

  private static Map<String, @Nullable Object> balance(Map.Entry<String, ModalityBalance> of) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("preset", of.getKey());
    json.putAll(of.getValue().toJson());
    return json;
  }

  private static Map<String, @Nullable Object> method(
      FusionResult result, FusionMethod method, Optional<OutcomeRule> truth) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    result
        .figures()
        .getOrDefault(method, Map.of())
        .forEach((metric, value) -> json.put(metric.term(), estimate(value)));
    Trained trained = result.trained().get(method);
    if (trained != null) {
      json.put("validation_loss", trained.validationLoss());
      json.put("chosen", trained.chosen());
    }
    truth.ifPresent(
        rule -> {
          json.put("best_possible_accuracy", rule.bestAccuracy(seen(method)));
          json.put("best_possible_auroc", rule.bestAuroc(seen(method)));
        });
    return json;
  }

  /** What a method sees of a sketch. */
  static Seen seen(FusionMethod method) {
    return switch (method) {
      case IMAGE -> Seen.DRAWING;
      case TEXT -> Seen.TEXT;
      case CONCATENATION, GATED -> Seen.BOTH;
    };
  }

  private static Map<String, @Nullable Object> comparison(FusionComparison comparison) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("first", comparison.first().term());
    json.put("second", comparison.second().term());
    json.put("accuracy", estimate(comparison.accuracy()));
    json.put("auroc", estimate(comparison.auroc()));
    json.put("brier", estimate(comparison.brier()));
    json.put("p", comparison.p());
    json.put("p_holm", comparison.corrected());
    return json;
  }

  private static Map<String, @Nullable Object> worth(List<ModalityWorth> all) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    for (ModalityWorth worth : all) {
      Map<String, @Nullable Object> of = new LinkedHashMap<>();
      of.put("text", estimate(worth.text()));
      of.put("image", estimate(worth.image()));
      of.put("synergy", estimate(worth.synergy()));
      json.put(worth.metric().term(), of);
    }
    return json;
  }

  private static Map<String, @Nullable Object> audit(FusionResult result) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("tscore", estimate(result.audit().textShare()));
    json.put("text", estimate(result.audit().text()));
    json.put("image", estimate(result.audit().image()));
    json.put("synergy", estimate(result.audit().synergy()));
    return json;
  }

  private static Map<String, @Nullable Object> rule(OutcomeRule rule) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("drawing", rule.drawing());
    json.put("text", rule.text());
    json.put("both", rule.both());
    List<Object> cells = new ArrayList<>();
    for (int drawing : List.of(-1, 1)) {
      for (int text : List.of(-1, 1)) {
        Map<String, @Nullable Object> cell = new LinkedHashMap<>();
        cell.put("drawing_sign", drawing);
        cell.put("text_sign", text);
        cell.put("urgent", rule.urgent(drawing, text));
        cells.add(cell);
      }
    }
    json.put("probabilities", cells);
    return json;
  }

  private static Map<String, @Nullable Object> estimate(Estimate estimate) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("value", estimate.value());
    json.put("lo", estimate.lo());
    json.put("hi", estimate.hi());
    json.put("n", estimate.n());
    return json;
  }
}
