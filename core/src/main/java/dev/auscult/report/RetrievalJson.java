package dev.auscult.report;

import dev.auscult.metric.Estimate;
import dev.auscult.metric.TestedDifference;
import dev.auscult.retrieval.Direction;
import dev.auscult.retrieval.DirectionResult;
import dev.auscult.retrieval.GroupRetrieval;
import dev.auscult.retrieval.RetrievalComparison;
import dev.auscult.retrieval.RetrievalFigure;
import dev.auscult.retrieval.RetrievalSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An evaluation of retrieval as scripts read it. */
public final class RetrievalJson {
  private RetrievalJson() {}

  /**
   * Every figure.
   *
   * @param results by model and direction
   */
  public static Map<String, @Nullable Object> of(
      RetrievalSet set,
      Map<String, Map<Direction, DirectionResult>> results,
      List<RetrievalComparison> comparisons) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("samples", set.samples().size());
    json.put("images", set.queries(Direction.IMAGE_TO_TEXT).size());
    json.put("texts", set.queries(Direction.TEXT_TO_IMAGE).size());
    json.put("pairs", set.pairs());
    Map<String, @Nullable Object> models = new LinkedHashMap<>();
    results.forEach(
        (model, directions) -> {
          Map<String, @Nullable Object> both = new LinkedHashMap<>();
          directions.forEach((direction, result) -> both.put(direction.label(), json(result)));
          models.put(model, both);
        });
    json.put("models", models);
    json.put("comparisons", comparisons.stream().map(RetrievalJson::json).toList());
    return json;
  }

  private static Map<String, @Nullable Object> json(DirectionResult result) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("queries", result.ranks().size());
    json.put("candidates", result.candidates());
    json.put("patients", result.patients());
    json.putAll(figures(result.figures()));
    Map<String, @Nullable Object> chance = new LinkedHashMap<>();
    result.chance().forEach((figure, value) -> chance.put(figure.label(), value));
    json.put("chance", chance);
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    result
        .groups()
        .forEach(
            (attribute, groups) -> {
              Map<String, @Nullable Object> values = new LinkedHashMap<>();
              groups.forEach(group -> values.put(group.value(), json(group)));
              attributes.put(attribute, values);
            });
    json.put("groups", attributes);
    Map<String, @Nullable Object> gaps = new LinkedHashMap<>();
    result.gaps().forEach((attribute, sizes) -> gaps.put(attribute, figures(sizes)));
    json.put("gaps", gaps);
    return json;
  }

  private static Map<String, @Nullable Object> json(GroupRetrieval group) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("n", group.queries());
    json.put("patients", group.patients());
    json.put("compared", group.compared());
    json.putAll(figures(group.figures()));
    Map<String, @Nullable Object> differences = new LinkedHashMap<>();
    group.differences().forEach((figure, one) -> differences.put(figure.label(), json(one)));
    json.put("difference_to_rest", differences);
    return json;
  }

  private static Map<String, @Nullable Object> json(TestedDifference tested) {
    Map<String, @Nullable Object> json =
        new LinkedHashMap<>(EvaluationJson.json(tested.difference()));
    json.put("p", tested.p());
    json.put("p_holm", tested.adjusted());
    return json;
  }

  private static Map<String, @Nullable Object> figures(Map<RetrievalFigure, Estimate> figures) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    figures.forEach((figure, found) -> json.put(figure.label(), EvaluationJson.json(found)));
    return json;
  }

  private static Map<String, @Nullable Object> json(RetrievalComparison comparison) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("first", comparison.first());
    json.put("second", comparison.second());
    json.put("direction", comparison.direction().label());
    json.put("figure", comparison.figure().label());
    json.put("difference", EvaluationJson.json(comparison.difference().difference()));
    json.put("p", comparison.difference().p());
    json.put("p_holm", comparison.adjusted());
    return json;
  }
}
