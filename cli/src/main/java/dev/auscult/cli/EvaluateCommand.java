package dev.auscult.cli;

import dev.auscult.base.ContentHash;
import dev.auscult.base.Seed;
import dev.auscult.base.UsageException;
import dev.auscult.evaluation.Bands;
import dev.auscult.evaluation.Evaluation;
import dev.auscult.evaluation.EvaluationResult;
import dev.auscult.evaluation.EvaluationSettings;
import dev.auscult.evaluation.Finding;
import dev.auscult.evaluation.Intersections;
import dev.auscult.evaluation.PredictionFile;
import dev.auscult.evaluation.PredictionsReader;
import dev.auscult.evaluation.ReadOptions;
import dev.auscult.evaluation.ScoreKind;
import dev.auscult.evaluation.ThresholdChoice;
import dev.auscult.metric.Bootstrap;
import dev.auscult.report.ComparisonReport;
import dev.auscult.report.ConsoleTable;
import dev.auscult.report.EvaluationJson;
import dev.auscult.report.EvaluationReport;
import dev.auscult.report.EvaluationTables;
import dev.auscult.report.Figures;
import dev.auscult.report.Provenance;
import dev.auscult.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Evaluates predictions. */
@Command(
    name = "evaluate",
    header = "Evaluate predictions: how good are they, how sure is that, and for whom?",
    description = {
      "",
      "Reads a CSV file with the columns id, y_true, score (binary); id, y_true, score.<class>"
          + " (several classes); or id, y_true.<label>, score.<label> (several labels). Optional:"
          + " patient (intervals take patients whole), group.<attribute> (figures per group, gaps),"
          + " split (val or test: thresholds and temperature are chosen on val, figures are of"
          + " test).",
      ""
    },
    footer = {
      "",
      "--out gets result.json, index.html, metrics.csv and the CSV files behind every curve.",
      "",
      "Examples:",
      "  auscult evaluate predictions.csv --out evaluated",
      "  auscult evaluate predictions.csv --threshold youden --bands age=50,70 --out evaluated",
      "  auscult evaluate new.csv --compare old.csv --out compared",
      "  auscult evaluate similarities.csv --scores rank --threshold 0.31 --out evaluated",
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EvaluateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PREDICTIONS.csv", description = "The predictions.")
  private Path predictions;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the results.")
  private Path out;

  @Option(
      names = "--compare",
      paramLabel = "OTHER.csv",
      description =
          "Predictions of another model on the same samples, joined by id: every difference with"
              + " its interval, DeLong's, McNemar's and bootstrap tests.")
  private @Nullable Path other;

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

  @Option(
      names = "--min-group",
      defaultValue = "20",
      paramLabel = "N",
      description =
          "Patients from which on a group is compared with others; smaller ones are shown only"
              + " (default: ${DEFAULT-VALUE}).")
  private int minimum;

  @Option(
      names = "--delimiter",
      defaultValue = ",",
      paramLabel = "C",
      description = "Between fields: a character, or tab (default: ${DEFAULT-VALUE}).")
  private String delimiter;

  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    EvaluationSettings settings = settings();
    ReadOptions options = readOptions();
    Run run = run();
    try (OutputFolder folder = OutputFolder.open(out)) {
      folder.claim("evaluate", run.config());
      PredictionFile file = PredictionsReader.read(predictions, options, common.progress());
      EvaluationResult result =
          other == null
              ? Evaluation.of(file, settings, common.progress())
              : Evaluation.compare(
                  file,
                  PredictionsReader.read(other, options, common.progress()),
                  settings,
                  common.progress());
      RunReport report =
          run.report(List.of(), Optional.of(data(result)), EvaluationJson.of(result));
      new EvaluationReport(result, report).write(folder.path());
      print(result, report, folder);
    }
    return 0;
  }

  private Run run() throws IOException {
    Run run = common.begin().with("predictions", predictions);
    if (other != null) {
      run.with("compare", other).with("compare_hash", ContentHash.of(other).hex());
    }
    return run.with("threshold", threshold)
        .with("scores", scores)
        .with("bins", bins)
        .with("bootstrap", resamples)
        .with("bands", new LinkedHashMap<>(bands))
        .with("intersections", intersections)
        .with("min_group", minimum)
        .with("delimiter", delimiter);
  }

  private EvaluationSettings settings() {
    atLeast("--bootstrap", resamples, 100);
    atLeast("--bins", bins, 1);
    atLeast("--min-group", minimum, 1);
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
        minimum);
  }

  private static void atLeast(String option, int value, int least) {
    if (value < least) {
      throw new UsageException(
          option, String.valueOf(value), "at least " + least, "give a larger number");
    }
  }

  private ReadOptions readOptions() {
    Map<String, Bands> cuts = new LinkedHashMap<>();
    bands.forEach((attribute, text) -> cuts.put(attribute, bands(attribute, text)));
    long memory = Runtime.getRuntime().maxMemory() / 4 * 3 / (other == null ? 1 : 2);
    return new ReadOptions(delimiter(), scores, cuts, memory);
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

  private Provenance.Data data(EvaluationResult result) throws IOException {
    return new Provenance.Data(
        String.valueOf(predictions.getFileName()), ContentHash.of(predictions), result.n(), 0);
  }

  private void print(EvaluationResult result, RunReport report, OutputFolder folder) {
    EvaluationTables tables = new EvaluationTables(result);
    String comparison =
        result
            .comparison()
            .map(ComparisonReport::new)
            .map(words -> ConsoleTable.render(words.table()) + "\n" + words.sentence())
            .orElse("");
    common
        .console()
        .result(report, comparison.isEmpty() ? ConsoleTable.render(tables.figures()) : comparison);
    for (Finding finding : result.findings()) {
      common
          .console()
          .remark(
              "%s %s (n = %d) is worse: %s by %s"
                  .formatted(
                      finding.attribute(),
                      finding.value(),
                      finding.difference().n(),
                      finding.metric(),
                      Figures.decimal(-finding.difference().value(), 3)));
    }
    common.console().remark("report: " + folder.file(RunReport.PAGE));
  }
}
