package dev.auscult.cli;

import dev.auscult.base.Seed;
import dev.auscult.base.UsageException;
import dev.auscult.evaluation.Bands;
import dev.auscult.evaluation.EvaluationSettings;
import dev.auscult.evaluation.Intersections;
import dev.auscult.evaluation.ReadOptions;
import dev.auscult.evaluation.ScoreKind;
import dev.auscult.evaluation.ThresholdChoice;
import dev.auscult.metric.Bootstrap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How predictions are evaluated. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EvaluationOptions {
  @Option(
      names = "--threshold",
      defaultValue = "0.5",
      paramLabel = "T|RULE",
      description =
          "From which score on a label is called: a number, or youden, f1, sensitivity-95 or"
              + " specificity-95 chosen on validation rows (default: ${DEFAULT-VALUE}).")
  private String threshold;

  @Option(
      names = "--scores",
      defaultValue = "probability",
      paramLabel = "KIND",
      description =
          "What scores are: probability, logit, or rank where only their order counts (default:"
              + " ${DEFAULT-VALUE}).")
  private ScoreKind scores;

  @Option(
      names = "--bins",
      defaultValue = "10",
      paramLabel = "N",
      description = "Bins of equal width for calibration (default: ${DEFAULT-VALUE}).")
  private int bins;

  @Option(
      names = "--bootstrap",
      defaultValue = "1000",
      paramLabel = "N",
      description = "Resamples for intervals (default: ${DEFAULT-VALUE}).")
  private int resamples;

  @Option(
      names = "--bands",
      paramLabel = "ATTRIBUTE=A,B",
      description =
          "Where bands of a numeric attribute begin; repeat for several (default: age=18,40,60,80).")
  private Map<String, String> bands = new LinkedHashMap<>();

  @Option(
      names = "--intersections",
      defaultValue = "pairs",
      paramLabel = "none|pairs",
      description = "Groups of two attributes together (default: ${DEFAULT-VALUE}).")
  private Intersections intersections;

  @Mixin private MinGroupOption minimum;

  @Option(
      names = "--delimiter",
      defaultValue = ",",
      paramLabel = "C",
      description = "Between fields: a character, or tab (default: ${DEFAULT-VALUE}).")
  private String delimiter;

  /** Adds the choices to what identifies a run. */
  void describe(Run run) {
    run.with("threshold", threshold)
        .with("scores", scores)
        .with("bins", bins)
        .with("bootstrap", resamples)
        .with("intersections", intersections)
        .with("min_group", minimum.patients())
        .with("delimiter", delimiter);
    if (!bands.isEmpty()) {
      run.with("bands", bands.entrySet().stream().map(Map.Entry::toString).toList());
    }
  }

  /**
   * How predictions are evaluated.
   *
   * @throws UsageException if a number is out of range
   */
  EvaluationSettings settings(CommonOptions common) {
    UsageException.requireAtLeast("--bootstrap", resamples, 100);
    UsageException.requireAtLeast("--bins", bins, 1);
    if (bins > 1000) {
      throw new UsageException("--bins", String.valueOf(bins), "at most 1000", "take fewer");
    }
    Bootstrap bootstrap =
        new Bootstrap(
            Bootstrap.Kind.BCA, resamples, 0.95, new Seed(common.seed()).derive("evaluate"));
    return new EvaluationSettings(
        bootstrap,
        common.threads(),
        scores,
        bins,
        ThresholdChoice.parse(threshold),
        intersections,
        minimum.patients());
  }

  /**
   * How files are read.
   *
   * @param files how many are in memory at once
   */
  ReadOptions readOptions(int files) {
    Map<String, Bands> cuts = new LinkedHashMap<>();
    bands.forEach((attribute, text) -> cuts.put(attribute, bands(attribute, text)));
    return new ReadOptions(delimiter(), scores, cuts, Runtime.getRuntime().maxMemory(), files);
  }

  private char delimiter() {
    if (delimiter.equals("tab")) {
      return '\t';
    }
    if (delimiter.length() != 1 || Character.isLetterOrDigit(delimiter.charAt(0))) {
      throw new UsageException(
          "--delimiter", "'" + delimiter + "'", "one character, or tab", "give e.g. ';'");
    }
    return delimiter.charAt(0);
  }

  private static Bands bands(String attribute, String text) {
    try {
      return new Bands(
          Arrays.stream(text.split(",")).map(String::strip).map(Double::valueOf).toList());
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--bands " + attribute,
          "'" + text + "'",
          "numbers in ascending order with commas between",
          "write e.g. --bands age=40,60",
          e);
    }
  }
}
