package dev.auscult.balance;

import dev.auscult.base.InputException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the quality of explanations is examined.
 *
 * @param repeats estimates of each explanation to compare, that of the audit counted; at least 2
 */
public record QualityConfig(int repeats) {
  /** Steps in which all players of a sample are deleted. */
  static final int STEPS = 20;

  /** Fresh coalitions of each side; the surrogate is tested on every pair of them. */
  static final int FRESH = 16;

  /** Checks the number of estimates. */
  public QualityConfig {
    if (repeats < 2) {
      throw new InputException(
          "--repeat",
          String.valueOf(repeats),
          "at least 2 estimates to compare, the audit's own counted",
          "use --repeat 2");
    }
  }

  /** Two estimates. */
  public static QualityConfig standard() {
    return new QualityConfig(2);
  }

  /** The choices by name, as recorded with the result. */
  public Map<String, @Nullable Object> choices() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("repeat", repeats);
    json.put("deletion_steps", STEPS);
    json.put("fresh_coalitions", FRESH * FRESH);
    return json;
  }
}
