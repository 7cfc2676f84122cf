package dev.auscult.data.phantom;

import dev.auscult.base.InputException;
import dev.auscult.base.Seed;

/**
 * Reads the options of {@code sketches:OPTIONS}, separated by commas: {@code n=1200}, {@code
 * seed=7}, {@code size=112}, and the shares that decide the outcome, {@code drawing=0.3}, {@code
 * text=0.3} and {@code both=0.3}; as soon as one share is given, the others are 0 unless given.
 */
public final class SketchOptions {
  /** How many sketches there are unless told otherwise. */
  public static final int DEFAULT_COUNT = 1200;

  /** The seed unless told otherwise. */
  public static final Seed DEFAULT_SEED = new Seed(20_261_125L);

  /**
   * The rule unless told otherwise: deep pain of the trunk is urgent in 95%, anything else in 35%.
   */
  public static final OutcomeRule DEFAULT_RULE = new OutcomeRule(.3, .3, .3);

  private SketchOptions() {}

  /**
   * The configuration that a list of options describes.
   *
   * @param options without the leading {@code sketches:}; may be empty
   * @throws InputException if an option is unknown or its value out of range
   */
  public static SketchConfig parse(String options) {
    Given given = new Given();
    for (String option : options.split(",", -1)) {
      if (!option.isBlank()) {
        given.take(option.strip());
      }
    }
    return given.config(options);
  }

  private static final class Given {
    private int n = DEFAULT_COUNT;
    private Seed seed = DEFAULT_SEED;
    private int size = SketchConfig.DEFAULT_SIZE;
    private double drawing;
    private double text;
    private double both;
    private boolean anyShare;

    void take(String option) {
      int equals = option.indexOf('=');
      String name = equals < 0 ? option : option.substring(0, equals);
      String value = equals < 0 ? "" : option.substring(equals + 1);
      try {
        switch (name) {
          case "n" -> n = Integer.parseInt(value);
          case "seed" -> seed = new Seed(Long.parseLong(value));
          case "size" -> size = Integer.parseInt(value);
          case "drawing" -> drawing = share(value);
          case "text" -> text = share(value);
          case "both" -> both = share(value);
          default -> throw unknown(option);
        }
      } catch (NumberFormatException e) {
        throw broken(option, "'" + value + "'", e);
      }
    }

    private double share(String value) {
      anyShare = true;
      return Double.parseDouble(value);
    }

    SketchConfig config(String options) {
      try {
        OutcomeRule rule = anyShare ? new OutcomeRule(drawing, text, both) : DEFAULT_RULE;
        return new SketchConfig(n, seed, size, rule);
      } catch (IllegalArgumentException e) {
        throw broken(options, String.valueOf(e.getMessage()), e);
      }
    }
  }

  private static InputException unknown(String option) {
    return new InputException(
        "sketch option '" + option + "'",
        "an unknown name",
        "n=, seed=, size=, drawing=, text=, both=",
        "correct it");
  }

  private static InputException broken(String option, String found, RuntimeException cause) {
    return new InputException(
        "sketch option '" + option + "'", found, "a number in range", "correct it", cause);
  }
}
