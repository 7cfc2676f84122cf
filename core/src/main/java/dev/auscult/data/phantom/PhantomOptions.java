package dev.auscult.data.phantom;

import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the options of {@code phantom:OPTIONS}, separated by commas: {@code n=400}, {@code seed=7},
 * {@code size=128}, {@code overlay=none|true-label|contradicting|unrelated} (just {@code overlay}
 * for {@code true-label}), {@code cue=none|present|misleading} (just {@code cue} for {@code
 * present}), {@code findings=uniform|padchest-gr|padchest-gr-multiple}, {@code
 * scanner=alpha|beta|gamma|delta|epsilon} and {@code degraded=A|B|C} (the site whose images are
 * blurred and noisy).
 */
public final class PhantomOptions {
  /** How many phantoms there are unless told otherwise: twenty of each finding. */
  public static final int DEFAULT_COUNT = 260;

  /** The seed unless told otherwise; no shipped model was trained on its phantoms. */
  public static final Seed DEFAULT_SEED = new Seed(20_261_122L);

  private PhantomOptions() {}

  /**
   * The configuration that a list of options describes.
   *
   * @param options without the leading {@code phantom:}; may be empty
   * @throws InputException if an option is unknown or its value out of range
   */
  public static PhantomConfig parse(String options) {
    PhantomConfig config = PhantomConfig.of(DEFAULT_COUNT, DEFAULT_SEED);
    for (String option : options.split(",", -1)) {
      if (!option.isBlank()) {
        config = with(config, option.strip());
      }
    }
    return config;
  }

  private static PhantomConfig with(PhantomConfig config, String option) {
    int equals = option.indexOf('=');
    String name = equals < 0 ? option : option.substring(0, equals);
    String value = equals < 0 ? "" : option.substring(equals + 1);
    try {
      return switch (name) {
        case "n" -> config.withCount(Integer.parseInt(value));
        case "size" -> config.withSize(Integer.parseInt(value));
        case "seed" -> config.withSeed(new Seed(Long.parseLong(value)));
        case "overlay" -> config.withOverlay(overlay(equals < 0 ? "true-label" : value));
        case "cue" -> config.withCue(cue(equals < 0 ? "present" : value));
        case "findings" ->
            config.withFindings(find("findings", FindingMix.values(), FindingMix::term, value));
        case "scanner" ->
            config.withScanner(find("scanner", Scanner.values(), Scanner::term, value));
        case "degraded" -> config.withDegraded(find("degraded", Site.values(), Site::name, value));
        default ->
            throw new InputException(
                "phantom option '" + option + "'",
                "an unknown name",
                "n=, seed=, size=, overlay[=], cue[=], findings=, scanner=, degraded=",
                "correct it");
      };
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "phantom option '" + option + "'",
          String.valueOf(e.getMessage()),
          "a whole number in range",
          "correct it",
          e);
    }
  }

  private static OverlayMode overlay(String term) {
    return find("overlay", OverlayMode.values(), OverlayMode::term, term);
  }

  private static CueMode cue(String term) {
    return find("cue", CueMode.values(), CueMode::term, term);
  }

  private static <T> T find(String option, T[] all, Function<T, String> name, String term) {
    return Arrays.stream(all)
        .filter(mode -> name.apply(mode).equals(term))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "phantom option " + option,
                    "'" + term + "'",
                    "one of " + Arrays.stream(all).map(name).collect(Collectors.joining(", ")),
                    "correct it"));
  }
}
