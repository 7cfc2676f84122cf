package dev.auscult.model;

import dev.auscult.checkpoint.Origin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a model as a layout describes it: which tensors it takes, and what is built of them.
 *
 * @param description in words; may be empty
 * @param shapes its tensors by their names in the architecture
 * @param origins where the file keeps those that have another name or form there
 * @param build makes the part of these tensors
 * @param resized the same part for images of the size that a user asks for; null where there is
 *     none
 * @param <T> an image tower, a text tower or a score function
 */
record TowerPlan<T>(
    String description,
    Map<String, List<Long>> shapes,
    Map<String, Origin> origins,
    Function<Parameters, T> build,
    @Nullable Function<ModelHint, TowerPlan<T>> resized) {

  /** A part that takes images of one size only, or none. */
  TowerPlan(
      String description,
      Map<String, List<Long>> shapes,
      Map<String, Origin> origins,
      Function<Parameters, T> build) {
    this(description, shapes, origins, build, null);
  }

  /** A part whose tensors have the same names in the file. */
  static <T> TowerPlan<T> of(
      String description, Map<String, List<Long>> shapes, Function<Parameters, T> build) {
    return new TowerPlan<>(description, shapes, Map.of(), build);
  }

  /** The same part in other words. */
  TowerPlan<T> describedAs(String words) {
    return new TowerPlan<>(words, shapes, origins, build, resized);
  }

  /**
   * The image encoder at the size that the user asks for; as it was trained if they do not.
   *
   * @throws dev.auscult.base.InputException if it cannot take images of that size
   */
  TowerPlan<T> sized(ModelHint hint) {
    if (hint.imageSize().isEmpty()) {
      return this;
    }
    if (resized == null) {
      throw hint.wrongSize(
          "no image size for %s, which takes images of one size only".formatted(description),
          "remove it");
    }
    return resized.apply(hint);
  }

  /** Scores with the cosine itself, for models that publish no scale. */
  static TowerPlan<ScoreFunction> cosine() {
    return of("", Map.of(), parameters -> ScoreFunction.softmax(1));
  }

  /** Scores with a softmax: {@code exp(logit_scale) * cosine}. */
  static TowerPlan<ScoreFunction> softmax() {
    return new TowerPlan<>(
        "",
        Map.of("logit_scale", List.of()),
        Map.of("logit_scale", Origin.of("logit_scale").reshape()),
        parameters -> ScoreFunction.softmax(Math.exp(parameters.value("logit_scale"))));
  }

  /** Scores with a sigmoid: {@code exp(logit_scale) * cosine + logit_bias}. */
  static TowerPlan<ScoreFunction> sigmoid() {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    Map<String, Origin> origins = new LinkedHashMap<>();
    for (String name : List.of("logit_scale", "logit_bias")) {
      shapes.put(name, List.of());
      origins.put(name, Origin.of(name).reshape());
    }
    return new TowerPlan<>(
        "",
        shapes,
        origins,
        parameters ->
            ScoreFunction.sigmoid(
                Math.exp(parameters.value("logit_scale")), parameters.value("logit_bias")));
  }
}
