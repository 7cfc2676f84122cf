package dev.auscult.balance;

import dev.auscult.base.UsageException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the quality of explanations is examined.
 *
 * @param repeats estimates of each explanation to compare, that of the audit counted; at least 2
 * @param shuffled how many samples are explained again with the model's layers shuffled; 0 for none
 */
public record QualityConfig(int repeats, int shuffled) {
  /** Steps in which all players of a sample are deleted. */
  static final int STEPS = 20;

  /** Fresh coalitions of each side; the surrogate is tested on every pair of them. */
  static final int FRESH = 16;

  /** Checks the numbers. */
  public QualityConfig {
    if (repeats < 2) {
      throw new UsageException(
          "--repeat",
          String.valueOf(repeats),
          "at least 2 estimates to compare, the audit's own counted",
          "use --repeat 2");
    }
    if (shuffled < 0) {
      throw new UsageException(
          "--shuffle-layers",
          String.valueOf(shuffled),
          "a number of samples, 0 for none",
          "use --shuffle-layers 5");
    }
  }

  /** Two estimates, no layers shuffled. */
  public static QualityConfig standard() {
    return new QualityConfig(2, 0);
  }

  /** Whether any sample is explained with layers shuffled. */
  boolean shuffles() {
    return shuffled > 0;
  }

  /** The choices by name, as recorded with the result. */
  public Map<String, @Nullable Object> choices() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("repeat", repeats);
    json.put("shuffle_layers", shuffled);
    json.put("deletion_steps", STEPS);
    json.put("fresh_coalitions", FRESH * FRESH);
    return json;
  }
}
