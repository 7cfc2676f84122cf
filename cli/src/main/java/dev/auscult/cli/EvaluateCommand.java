package dev.auscult.cli;

import dev.auscult.base.ContentHash;
import dev.auscult.base.UsageException;
import dev.auscult.evaluation.Evaluation;
import dev.auscult.evaluation.EvaluationResult;
import dev.auscult.evaluation.EvaluationSettings;
import dev.auscult.evaluation.Finding;
import dev.auscult.evaluation.PredictionFile;
import dev.auscult.evaluation.PredictionsReader;
import dev.auscult.evaluation.ReadOptions;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
          + " test). With --model and --data the model predicts first: zero-shot, with a prompt set"
          + " (pairs decide every class by itself), or with an adapter; predictions.csv is kept.",
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
      "  auscult evaluate --model phantom --data phantom --labels \"pleural effusion;normal\""
          + " --out effusion",
      "  auscult evaluate --model phantom --data phantom --prompts phantom --definition pairs"
          + " --out findings",
      "  auscult evaluate similarities.csv --scores rank --threshold 0.31 --out evaluated",
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EvaluateCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "PREDICTIONS.csv",
      description = "The predictions; or give --model and --data.")
  private @Nullable Path predictions;

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

  @Mixin private ModelPredictions ofModel;

  @Mixin private EvaluationOptions evaluation;

  @Mixin(name = "common")
  private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    refuseUnclearSources();
    boolean pair = other != null || ofModel.isPair();
    EvaluationSettings settings = evaluation.settings(common);
    ReadOptions options = evaluation.readOptions(pair ? 2 : 1);
    Run run = run();
    try (OutputFolder folder = OutputFolder.open(out)) {
      folder.claim("evaluate", run.config());
      List<Path> files = files(folder);
      PredictionFile file = read(files, 0, options);
      EvaluationResult result =
          pair
              ? Evaluation.compare(file, read(files, 1, options), settings, common.progress())
              : Evaluation.of(file, settings, common.progress());
      RunReport report =
          run.report(ofModel.identities(), data(files.get(0), result), EvaluationJson.of(result));
      new EvaluationReport(result, report).write(folder.path());
      print(result, report, folder);
    }
    return 0;
  }

  private PredictionFile read(List<Path> files, int index, ReadOptions options) throws IOException {
    PredictionFile file = PredictionsReader.read(files.get(index), options, common.progress());
    List<String> models = ofModel.names();
    return index < models.size() ? file.of(models.get(index)) : file;
  }

  private void refuseUnclearSources() {
    if (predictions != null && ofModel.isGiven()) {
      throw new UsageException(
          "--model", "also " + predictions, "a model or a file", "leave one of them out");
    }
    if (other != null && ofModel.isPair()) {
      throw new UsageException(
          "--compare", "also --compare-model", "one of the two", "leave one of them out");
    }
    if (predictions != null) {
      ofModel.refuseAlone();
    } else if (!ofModel.isGiven()) {
      throw new ParameterException(
          spec.commandLine(), "Missing required parameter: 'PREDICTIONS.csv', or --model");
    }
  }

  /** The file that is evaluated, and the one that it is compared with. */
  private List<Path> files(OutputFolder folder) throws IOException {
    List<Path> files = new ArrayList<>();
    if (predictions == null) {
      files.addAll(ofModel.write(folder.path(), common));
    } else {
      files.add(predictions);
    }
    if (other != null) {
      files.add(other);
    }
    return files;
  }

  private Run run() throws IOException {
    Run run = common.begin();
    if (predictions == null) {
      ofModel.describe(run);
    } else {
      run.with("predictions", predictions);
    }
    if (other != null) {
      run.with("compare", other).with("compare_hash", ContentHash.of(other).hex());
    }
    evaluation.describe(run);
    return run;
  }

  private Optional<Provenance.Data> data(Path file, EvaluationResult result) throws IOException {
    return predictions == null
        ? ofModel.data()
        : Optional.of(
            new Provenance.Data(
                String.valueOf(file.getFileName()), ContentHash.of(file), result.n(), 0));
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
