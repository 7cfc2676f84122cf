package dev.auscult.report;

import dev.auscult.overlay.Condition;
import dev.auscult.overlay.Effect;
import dev.auscult.overlay.LabelDifference;
import dev.auscult.overlay.OverlayFigure;
import dev.auscult.overlay.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report on burned-in text as scripts read it. */
public final class OverlayJson {
  private OverlayJson() {}

  /** Every figure: one entry per model. */
  public static Map<String, @Nullable Object> of(List<OverlaidModel> models) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("models", models.stream().map(OverlayJson::json).toList());
    json.put(
        "rule",
        "follows: the lower end of true minus contradicting is above %s and p_holm below %s"
            .formatted(Verdict.IMMATERIAL, Verdict.LEVEL));
    return json;
  }

  private static Map<String, @Nullable Object> json(OverlaidModel model) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("model", model.name());
    json.put("n", model.result().samples().size());
    json.put("patients", model.result().patients());
    json.put("skipped", model.result().skipped().size());
    json.put("texts", model.result().texts());
    Map<String, @Nullable Object> original = new LinkedHashMap<>();
    for (OverlayFigure figure :
        List.of(
            OverlayFigure.CORRECT,
            OverlayFigure.PROBABILITY,
            OverlayFigure.MARGIN,
            OverlayFigure.RECIPROCAL_RANK)) {
      original.put(figure.term(), EvaluationJson.json(model.result().original(figure)));
    }
    json.put("original", original);
    json.put("verdict", model.verdict().map(OverlayJson::json));
    json.put("differences", model.differences().stream().map(OverlayJson::json).toList());
    json.put("sentence", OverlayWords.sentence(model));
    json.put("effects", model.effects().stream().map(OverlayJson::json).toList());
    json.put("modality_balance", model.balance().stream().map(OverlayJson::json).toList());
    return json;
  }

  private static Map<String, @Nullable Object> json(Verdict verdict) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", verdict.kind());
    json.putAll(json(verdict.strongest()));
    json.put("difference", EvaluationJson.json(verdict.difference()));
    json.put("p_holm", verdict.adjusted());
    return json;
  }

  private static Map<String, @Nullable Object> json(LabelDifference difference) {
    Map<String, @Nullable Object> json = json(difference.condition());
    json.put("difference", EvaluationJson.json(difference.difference()));
    json.put("p_holm", difference.adjusted());
    return json;
  }

  private static Map<String, @Nullable Object> json(Condition condition) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("size", condition.size());
    json.put("corner", condition.corner().term());
    json.put("contrast", condition.contrast().term());
    return json;
  }

  private static Map<String, @Nullable Object> json(Effect effect) {
    Map<String, @Nullable Object> json = json(effect.condition());
    json.put("kind", effect.kind().term());
    json.put("figure", effect.figure().term());
    json.put("shift", EvaluationJson.json(effect.shift()));
    json.put("words", EvaluationJson.json(effect.words().difference()));
    json.put("p", effect.words().p());
    json.put("p_holm", effect.adjusted());
    return json;
  }

  private static Map<String, @Nullable Object> json(OverlaidModel.BalanceShift shift) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("burned_in", shift.version());
    json.put("tscore", EvaluationJson.json(shift.tscore()));
    json.put("shift", shift.shift().map(one -> EvaluationJson.json(one.difference())));
    json.put("p", shift.shift().map(one -> (Object) one.p()));
    return json;
  }
}
