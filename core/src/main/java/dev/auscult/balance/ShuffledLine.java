package dev.auscult.balance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of {@code shuffled-layers.jsonl}: what an explanation has in common with that of the same
 * model with its outermost layers shuffled.
 *
 * @param model the model's name
 * @param preset the preset's label
 * @param id the sample's
 * @param depth how many layers of each encoder are shuffled
 * @param layers what the last of them are called
 * @param likeness rank correlation of the contributions
 * @param passes encoder passes spent on this
 */
record ShuffledLine(
    String model,
    String preset,
    String id,
    int depth,
    String layers,
    Likeness likeness,
    long passes) {

  /**
   * Rank correlations with the model's own contributions; {@code NaN} where undefined.
   *
   * @param all of all players
   * @param image of the image's
   * @param text of the text's
   */
  record Likeness(double all, double image, double text) {}

  /** How these rows are written. */
  static final RowTable.Format<ShuffledLine> FORMAT = new Lines();

  /** Tells the row of a sample at a depth from others. */
  static String key(String model, String preset, int depth, String id) {
    return String.join("\n", model, preset, Integer.toString(depth), id);
  }

  private static final class Lines implements RowTable.Format<ShuffledLine> {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Override
    public String name() {
      return "shuffled-layers";
    }

    @Override
    public String line(ShuffledLine row) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("model", row.model());
      json.put("preset", row.preset());
      json.put("id", row.id());
      json.put("depth", row.depth());
      json.put("layers", row.layers());
      json.put("spearman", ModalityBalance.number(row.likeness().all()));
      json.put("spearman_image", ModalityBalance.number(row.likeness().image()));
      json.put("spearman_text", ModalityBalance.number(row.likeness().text()));
      json.put("passes", row.passes());
      return JSON.writeValueAsString(json);
    }

    @Override
    public ShuffledLine parse(String line) {
      try {
        JsonNode json = JSON.readTree(line);
        return new ShuffledLine(
            json.required("model").asString(),
            json.required("preset").asString(),
            json.required("id").asString(),
            json.required("depth").asInt(),
            json.required("layers").asString(),
            new Likeness(
                number(json, "spearman"),
                number(json, "spearman_image"),
                number(json, "spearman_text")),
            json.required("passes").asLong());
      } catch (JacksonException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }

    private static double number(JsonNode json, String key) {
      JsonNode value = json.required(key);
      return value.isNull() ? Double.NaN : value.asDouble();
    }

    @Override
    public String key(ShuffledLine row) {
      return ShuffledLine.key(row.model(), row.preset(), row.depth(), row.id());
    }

    @Override
    public List<String> columns() {
      return List.of(
          "model",
          "preset",
          "id",
          "depth",
          "layers",
          "spearman",
          "spearman_image",
          "spearman_text",
          "passes");
    }

    @Override
    public List<String> fields(ShuffledLine row) {
      return List.of(
          row.model(),
          row.preset(),
          row.id(),
          Integer.toString(row.depth()),
          row.layers(),
          RowTable.field(row.likeness().all()),
          RowTable.field(row.likeness().image()),
          RowTable.field(row.likeness().text()),
          Long.toString(row.passes()));
    }
  }
}
