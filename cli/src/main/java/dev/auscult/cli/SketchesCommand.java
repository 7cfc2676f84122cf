package dev.auscult.cli;

import dev.auscult.balance.BalanceConfig;
import dev.auscult.balance.ModalityBalance;
import dev.auscult.base.ContentHash;
import dev.auscult.base.Seed;
import dev.auscult.base.UsageException;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.data.phantom.OutcomeRule;
import dev.auscult.data.phantom.SketchDataset;
import dev.auscult.embed.Embedder;
import dev.auscult.fusion.FusionData;
import dev.auscult.fusion.FusionResult;
import dev.auscult.fusion.FusionStudy;
import dev.auscult.metric.Bootstrap;
import dev.auscult.model.DualEncoder;
import dev.auscult.report.ConsoleTable;
import dev.auscult.report.Provenance;
import dev.auscult.report.ResultJson;
import dev.auscult.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Predicts outcomes from symptom sketches. */
@Command(
    name = "sketches",
    header = "Predict an outcome from a drawing and the words with it: what does each add?",
    description = {
      "",
      "Embeds drawings and texts with the frozen model, fits logistic regression on each alone and"
          + " on both one after the other, and a gated unit on both; patients whole and outcomes in"
          + " proportion, 50 %% train, 20 %% validate, 30 %% test (about; a split column is used as"
          + " it is). Says how much fusion gains over each alone, and how the fused score divides"
          + " between drawing and words.",
      "",
      "--data is a manifest with id,image,text,label and optional patient,split,attr.*, or"
          + " synthetic sketches whose truth is known: sketches:drawing=0.3,text=0.3,both=0.3 says in"
          + " which shares of them drawing, text, or only both together decide the outcome.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  auscult sketches --model phantom --data sketches:n=1200,drawing=0.8 --out sketched",
      "  auscult sketches --model phantom --data sketches:n=2400,both=0.9 --out interaction",
      "  auscult sketches --model biomedclip/ --data complaints/manifest.csv --out complaints-fused",
      "  auscult evaluate sketched/predictions.csv --out sketched-evaluated",
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SketchesCommand implements Callable<Integer> {
  @Option(names = "--model", required = true, paramLabel = "M", description = "The model.")
  private String model;

  @Option(
      names = "--data",
      defaultValue = SketchDataset.NAME,
      paramLabel = "D",
      description = "Drawings with texts and outcomes (default: ${DEFAULT-VALUE}).")
  private String data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the results.")
  private Path out;

  @Option(
      names = "--bootstrap",
      defaultValue = "2000",
      paramLabel = "N",
      description = "Resamples for intervals (default: ${DEFAULT-VALUE}).")
  private int resamples;

  @Mixin private FusedAuditOptions auditOptions;

  @Mixin private CacheOptions cacheOptions;

  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    UsageException.requireAtLeast("--bootstrap", resamples, 100);
    List<BalanceConfig> audits = auditOptions.configs(new Seed(common.seed()));
    try (OutputFolder folder = OutputFolder.open(out)) {
      Dataset dataset = Datasets.open(data);
      try (DualEncoder encoder = common.load(model)) {
        Run run = describe(dataset, encoder, audits);
        folder.claim("sketches", run.config());
        SketchesReport found = found(encoder, dataset, audits, run, folder.path());
        found.write(folder.path());
        SkippedFile.remark(found.data().skipped(), common.console());
        common.console().remark("report: " + folder.file(RunReport.PAGE));
        common.console().result(found.run(), ConsoleTable.render(found.figures()));
      }
    }
    return 0;
  }

  private Run describe(Dataset dataset, DualEncoder encoder, List<BalanceConfig> audits) {
    return common
        .begin()
        .with("model", model)
        .with("weights", encoder.identity().weights().hex())
        .with("data", data)
        .with("data_hash", dataset.hash().hex())
        .with("audit", audits.stream().map(BalanceConfig::common).distinct().toList())
        .with("presets", audits.stream().map(BalanceConfig::choices).toList())
        .with("bootstrap", resamples);
  }

  private SketchesReport found(
      DualEncoder encoder, Dataset dataset, List<BalanceConfig> audits, Run run, Path folder)
      throws IOException {
    Seed seed = new Seed(common.seed());
    Embedder embedder = new Embedder(encoder, common.compute(), cacheOptions.cache());
    FusionData embedded = FusionData.of(dataset, embedder, seed, common.progress());
    Bootstrap bootstrap =
        new Bootstrap(Bootstrap.Kind.BCA, resamples, .95, seed.derive("intervals"));
    FusionResult result =
        FusionStudy.run(
            embedded, seed.derive("fusion"), bootstrap, common.threads(), common.progress());
    Map<String, ModalityBalance> balances =
        new FusedAudit(encoder, embedded, result)
            .run(
                audits,
                ContentHash.of("fused audit", ResultJson.line(run.config())),
                folder,
                common.progress());
    Optional<OutcomeRule> truth =
        dataset instanceof SketchDataset sketches
            ? Optional.of(sketches.config().rule())
            : Optional.empty();
    RunReport report =
        run.report(
            List.of(encoder.identity()),
            Optional.of(Provenance.Data.of(dataset)),
            SketchesJson.of(embedded, result, balances, truth));
    return new SketchesReport(embedded, result, balances, truth, report);
  }
}
