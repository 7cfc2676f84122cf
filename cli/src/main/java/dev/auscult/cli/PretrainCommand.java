package dev.auscult.cli;

import dev.auscult.model.DualEncoder;
import dev.auscult.pretrain.PretrainConfig;
import dev.auscult.pretrain.PretrainResult;
import dev.auscult.pretrain.Pretraining;
import dev.auscult.report.ConsoleTable;
import dev.auscult.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains a small model. */
@Command(
    name = "pretrain",
    header = "Train a small model from image-text pairs.",
    description = {
      "",
      "Writes the checkpoints best/ and last/ in Hugging Face layout, training.csv, result.json and"
          + " index.html. An interrupted run goes on where it was when the same command is given"
          + " again. --seed overrides the configuration's; training computes in fp32.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  auscult pretrain configs/real-pairs.yaml --out trained",
      "  auscult audit --model trained/best --data phantom --task isa --samples 20 --out audit",
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PretrainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CONFIG.yaml", description = "What to train, on what, and how.")
  private Path file;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for checkpoints and results.")
  private Path out;

  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    PretrainConfig config = configuration();
    Run run = describe(common.begin().withSeed(config.seed()), config);
    try (OutputFolder folder = OutputFolder.open(out)) {
      folder.claim("pretrain", run.config());
      PretrainResult result =
          Pretraining.run(config, folder.path(), common.compute(), common.progress());
      RunReport report;
      try (DualEncoder best = common.load(result.best().toString())) {
        report =
            run.report(List.of(best.identity()), Optional.empty(), TrainingReport.figures(result));
      }
      TrainingReport page = new TrainingReport(result, report);
      page.write(folder.path());
      common.console().remark("report: " + folder.file("index.html"));
      common.console().result(report, ConsoleTable.render(page.table()));
    }
    return 0;
  }

  private PretrainConfig configuration() {
    PretrainConfig config = PretrainConfig.read(file);
    OptionalLong seed = common.givenSeed();
    return seed.isPresent() ? config.withSeed(seed.getAsLong()) : config;
  }

  private static Run describe(Run run, PretrainConfig config) {
    return run.with("data", config.data().stream().map(Object::toString).toList())
        .with("tokenizer", config.tokenizer().toString())
        .with("model", config.model().toString())
        .with("training", config.training().toString())
        .with("validation", config.validation().toString())
        .with("augmentation", config.augmentation().toString());
  }
}
