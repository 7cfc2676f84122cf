package dev.auscult.balance;

import dev.auscult.balance.SampleQuality.Seeds;
import dev.auscult.balance.SampleQuality.Surrogate;
import dev.auscult.balance.SampleQuality.Swaps;
import dev.auscult.shapley.DeletionCurves;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of {@code quality.jsonl}: the quality of one explanation. Undefined figures are null.
 *
 * @param model the model's name
 * @param preset the preset's label
 * @param quality of the sample's explanation
 */
record QualityLine(String model, String preset, SampleQuality quality) {
  /** What the single figures of a sample are called. */
  static final List<String> FIGURES =
      List.of(
          "deletion_area",
          "deletion_gain",
          "surrogate_r2",
          "surrogate_spearman",
          "seed_spearman",
          "seed_spearman_image",
          "seed_spearman_text",
          "delta_sd",
          "delta_se",
          "text_swapped_spearman_image",
          "image_swapped_spearman_text");

  private static final JsonMapper JSON = JsonMapper.shared();

  /** How these rows are written. */
  static final RowTable.Format<QualityLine> FORMAT = new Lines();

  /** Tells the row of a sample from others. */
  static String key(String model, String preset, String id) {
    return String.join("\n", model, preset, id);
  }

  private static final class Lines implements RowTable.Format<QualityLine> {
    @Override
    public String name() {
      return "quality";
    }

    @Override
    public String line(QualityLine row) {
      return row.format();
    }

    @Override
    public QualityLine parse(String line) {
      return QualityLine.parse(line);
    }

    @Override
    public String key(QualityLine row) {
      return QualityLine.key(row.model(), row.preset(), row.quality().id());
    }

    @Override
    public List<String> columns() {
      List<String> columns = new ArrayList<>(List.of("model", "preset", "id"));
      columns.addAll(FIGURES);
      columns.add("passes");
      return columns;
    }

    @Override
    public List<String> fields(QualityLine row) {
      List<String> fields = new ArrayList<>(List.of(row.model(), row.preset(), row.quality().id()));
      figures(row.quality()).forEach(value -> fields.add(RowTable.field(value)));
      fields.add(Long.toString(row.quality().passes()));
      return fields;
    }
  }

  private String format() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("model", model);
    json.put("preset", preset);
    json.put("id", quality.id());
    json.put("removed", quality.deletion().removed());
    json.put("most_first", quality.deletion().mostFirst());
    json.put("least_first", quality.deletion().leastFirst());
    List<Double> figures = figures(quality);
    for (int f = 0; f < figures.size(); f++) {
      json.put(FIGURES.get(f), ModalityBalance.number(figures.get(f)));
    }
    json.put("passes", quality.passes());
    return JSON.writeValueAsString(json);
  }

  /** The single figures of a sample, in the order of {@link #FIGURES}. */
  static List<Double> figures(SampleQuality quality) {
    return List.of(
        quality.deletion().area(),
        quality.deletion().gain(),
        quality.surrogate().r2(),
        quality.surrogate().spearman(),
        quality.seeds().all(),
        quality.seeds().image(),
        quality.seeds().text(),
        quality.seeds().deltaSd(),
        quality.seeds().deltaSe(),
        quality.swaps().imageUnderOtherText(),
        quality.swaps().textUnderOtherImage());
  }

  private static QualityLine parse(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      SampleQuality quality =
          new SampleQuality(
              json.required("id").asString(),
              new DeletionCurves(
                  numbers(json, "removed"),
                  numbers(json, "most_first"),
                  numbers(json, "least_first")),
              new Surrogate(number(json, "surrogate_r2"), number(json, "surrogate_spearman")),
              new Seeds(
                  number(json, "seed_spearman"),
                  number(json, "seed_spearman_image"),
                  number(json, "seed_spearman_text"),
                  number(json, "delta_sd"),
                  number(json, "delta_se")),
              new Swaps(
                  number(json, "text_swapped_spearman_image"),
                  number(json, "image_swapped_spearman_text")),
              json.required("passes").asLong());
      return new QualityLine(
          json.required("model").asString(), json.required("preset").asString(), quality);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static List<Double> numbers(JsonNode json, String key) {
    return json.required(key).valueStream().map(JsonNode::asDouble).toList();
  }

  private static double number(JsonNode json, String key) {
    JsonNode value = json.required(key);
    return value.isNull() ? Double.NaN : value.asDouble();
  }
}
