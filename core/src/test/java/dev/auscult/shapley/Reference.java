package dev.auscult.shapley;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What conformance/shapley_orders.py and conformance/shapley_estimators.py wrote. */
final class Reference {
  /** NumPy's orders, and shap's permutation and exact explainers. */
  static final JsonNode SHAP = read("shap.json");

  /** shap's kernel and partition explainers, and shapiq's exact values. */
  static final JsonNode ESTIMATORS = read("estimators.json");

  private Reference() {}

  private static JsonNode read(String name) {
    try (InputStream in = Reference.class.getResourceAsStream(name)) {
      return JsonMapper.shared().readTree(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tabulated game with its first {@code players} players; the others are absent. */
  static CooperativeGame game(int players) {
    JsonNode table = SHAP.get("game");
    return Games.of(
        players,
        coalition -> {
          int mask = 0;
          for (int i = 0; i < players; i++) {
            mask |= coalition.contains(i) ? 1 << i : 0;
          }
          return table.get(mask).doubleValue();
        });
  }

  /** A JSON array as numbers. */
  static double[] numbers(JsonNode array) {
    return array.valueStream().mapToDouble(JsonNode::doubleValue).toArray();
  }
}
