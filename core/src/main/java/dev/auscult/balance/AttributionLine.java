package dev.auscult.balance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of {@code attributions.jsonl}: one model's balance of one sample under one preset, from
 * which everything else about it follows. Doubles are written so that they read back as the same
 * bits; what is not known is null.
 *
 * @param model the model's name
 * @param preset the preset's label
 * @param balance the sample's balance
 */
public record AttributionLine(String model, String preset, SampleBalance balance) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** The line, without its line feed. */
  String format() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("model", model);
    json.put("preset", preset);
    json.put("id", balance.id());
    json.put("tokens", balance.text().tokens());
    json.put("text_phi", balance.text().phi());
    json.put("text_se", known(balance.text().se()));
    json.put("grid", List.of(balance.image().rows(), balance.image().columns()));
    json.put("image_phi", balance.image().phi());
    json.put("image_se", known(balance.image().se()));
    json.put("empty_score", balance.scores().empty());
    json.put("full_score", balance.scores().full());
    json.put("image_only_score", balance.scores().imageOnly());
    json.put("text_only_score", balance.scores().textOnly());
    balance.scores().cosine().ifPresent(cosine -> json.put("cosine", cosine));
    json.put("tscore", balance.share().map(ModalityShare::tscore).orElse(null));
    json.put(
        "delta_se",
        balance.share().map(ModalityShare::deltaSe).filter(Double::isFinite).orElse(null));
    json.put(
        "interactions",
        balance.interactions().stream()
            .map(pair -> List.of(pair.patch(), pair.token(), pair.value()))
            .toList());
    json.put("passes", balance.passes());
    json.putAll(effort(balance.effort()));
    balance
        .choice()
        .ifPresent(
            choice -> {
              json.put("predicted", choice.predicted());
              json.put("answer", choice.answer());
              json.put("correct", choice.correct());
            });
    return JSON.writeValueAsString(json);
  }

  private static List<@Nullable Double> known(List<Double> values) {
    List<@Nullable Double> known = new ArrayList<>();
    values.forEach(value -> known.add(Double.isFinite(value) ? value : null));
    return known;
  }

  private static Map<String, @Nullable Object> effort(Effort effort) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("orders", List.of(effort.imageOrders(), effort.textOrders()));
    json.put("text_hash", effort.text());
    json.put("text_passes", effort.textPasses());
    effort.shapSeed().ifPresent(seed -> json.put("shap_seed", seed));
    return json;
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is not one
   */
  static AttributionLine parse(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      return new AttributionLine(
          json.required("model").asString(), json.required("preset").asString(), balance(json));
    } catch (JacksonException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static SampleBalance balance(JsonNode json) {
    return new SampleBalance(
        json.required("id").asString(),
        share(json),
        new TextContributions(
            json.required("tokens").valueStream().map(JsonNode::asString).toList(),
            doubles(json, "text_phi"),
            doubles(json, "text_se")),
        new ImageContributions(
            json.required("grid").required(0).asInt(),
            json.required("grid").required(1).asInt(),
            doubles(json, "image_phi"),
            doubles(json, "image_se")),
        new ModalityScores(
            json.required("empty_score").asDouble(),
            json.required("image_only_score").asDouble(),
            json.required("text_only_score").asDouble(),
            json.required("full_score").asDouble(),
            json.has("cosine")
                ? Optional.of(json.required("cosine").asDouble())
                : Optional.empty()),
        choice(json),
        json.required("interactions").valueStream().map(AttributionLine::interaction).toList(),
        json.required("passes").asLong(),
        effort(json));
  }

  private static Interaction interaction(JsonNode json) {
    return new Interaction(
        json.required(0).asInt(), json.required(1).asInt(), json.required(2).asDouble());
  }

  private static Effort effort(JsonNode json) {
    return new Effort(
        json.required("orders").required(0).asInt(),
        json.required("orders").required(1).asInt(),
        json.required("text_hash").asString(),
        json.required("text_passes").asLong(),
        json.has("shap_seed")
            ? OptionalLong.of(json.required("shap_seed").asLong())
            : OptionalLong.empty());
  }

  private static Optional<ModalityShare> share(JsonNode json) {
    return json.required("tscore").isNull()
        ? Optional.empty()
        : Optional.of(
            new ModalityShare(
                json.required("tscore").asDouble(), number(json.required("delta_se"))));
  }

  private static Optional<AnswerChoice> choice(JsonNode json) {
    return json.has("predicted")
        ? Optional.of(
            new AnswerChoice(
                json.required("predicted").asString(),
                json.required("answer").asString(),
                json.required("correct").asBoolean()))
        : Optional.empty();
  }

  private static List<Double> doubles(JsonNode json, String key) {
    List<Double> values = new ArrayList<>();
    json.required(key).values().forEach(value -> values.add(number(value)));
    return values;
  }

  private static double number(JsonNode value) {
    return value.isNull() ? Double.NaN : value.asDouble();
  }
}
