package dev.auscult.cli;

import dev.auscult.base.Seed;
import dev.auscult.base.UsageException;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.overlay.OverlayCases;
import dev.auscult.overlay.OverlaySettings;
import dev.auscult.report.ConsoleTable;
import dev.auscult.report.OverlaidModel;
import dev.auscult.report.OverlayJson;
import dev.auscult.report.OverlayReport;
import dev.auscult.report.OverlayTables;
import dev.auscult.report.Provenance;
import dev.auscult.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Burns texts into images and measures what models make of it. */
@Command(
    name = "overlay",
    header = "Burn text into images: do models read it instead of the image?",
    description = {
      "",
      "Every labelled image is classified as it is, with a text in a corner, and with the text's"
          + " rectangle alone: the true label, a contradicting one, unrelated letters, a side marker,"
          + " a hospital's name, in several sizes, corners and contrasts. What the words do to scores,"
          + " predictions, retrieval and modality balance is reported with intervals, and whether a"
          + " model follows the text.",
      ""
    },
    footer = {
      "",
      "--out gets result.json, index.html, effects.csv and samples.csv.",
      "",
      "Examples:",
      "  auscult overlay --model phantom --model phantom:overlay-shortcut --data phantom:n=130 --out"
          + " overlay",
      "  auscult overlay --model clip-vit-base-patch32/ --data covid-cxr:data/covid-cxr --samples 100"
          + " --kinds true,contradicting --sizes 0.05 --corners top-left --contrasts white --out text",
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class OverlayCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description = "A model; may be given several times.")
  private List<String> models;

  @Option(names = "--data", required = true, paramLabel = "D", description = "Labelled images.")
  private String data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the results.")
  private Path out;

  @Option(
      names = "--split",
      paramLabel = "S",
      description = "Take the samples of one published split: train, validation or test.")
  private @Nullable String split;

  @Option(
      names = "--templates",
      defaultValue = "plain",
      paramLabel = "FILE|NAME",
      description = "Prompt templates, as for classify (default: ${DEFAULT-VALUE}).")
  private String templates;

  @Option(
      names = "--balance",
      defaultValue = "20",
      paramLabel = "N",
      description =
          "Samples whose modality balance is audited with and without text; 0 for none (default:"
              + " ${DEFAULT-VALUE}).")
  private int balance;

  @Mixin private OverlayOptions choices;

  @Mixin private MaskOption mask;

  @Mixin private CacheOptions cacheOptions;

  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    if (balance < 0) {
      throw new UsageException(
          "--balance", String.valueOf(balance), "0 or more", "give 0 to leave it out");
    }
    Run run = common.begin().with("models", models).with("data", data);
    try (OutputFolder folder = OutputFolder.open(out)) {
      Dataset dataset = Datasets.open(data);
      if (split != null) {
        dataset = Datasets.split(dataset, split);
        run.with("split", split);
      }
      mask.describe(run);
      OverlaySettings settings = choices.settings(dataset, new Seed(common.seed()));
      dataset = mask.apply(dataset);
      OverlayCases cases = OverlayCases.of(dataset, settings);
      OverlayOptions.describe(run, settings).with("templates", templates).with("balance", balance);
      folder.claim("overlay", run.config());
      audit(run, dataset, settings, cases, folder);
    }
    return 0;
  }

  private void audit(
      Run run, Dataset dataset, OverlaySettings settings, OverlayCases cases, OutputFolder folder)
      throws IOException {
    try (LoadedModels loaded = LoadedModels.load(models, common)) {
      OverlayRuns runs =
          new OverlayRuns(
              settings,
              cases,
              TemplateOption.read(templates),
              balance,
              common.compute(),
              cacheOptions.cache());
      common.console().remark(runs.announcement());
      List<OverlaidModel> found = runs.of(loaded.encoders(), dataset, common.progress());
      RunReport report =
          run.report(
              loaded.identities(), Optional.of(Provenance.Data.of(dataset)), OverlayJson.of(found));
      SkippedFile.writeInto(folder.path(), found.get(0).result().skipped());
      new OverlayReport(found, runs.examples(loaded.encoders(), found), report)
          .write(folder.path());
      SkippedFile.remark(found.get(0).result().skipped(), common.console());
      OverlayTables tables = new OverlayTables(found);
      common
          .console()
          .result(
              report,
              ConsoleTable.render(tables.verdicts()) + "\n" + ConsoleTable.render(tables.kinds()));
      common.console().remark("report: " + folder.file(RunReport.PAGE));
    }
  }
}
