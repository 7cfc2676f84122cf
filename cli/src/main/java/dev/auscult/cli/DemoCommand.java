package dev.auscult.cli;

import dev.auscult.balance.AuditTask;
import dev.auscult.balance.BalanceConfig;
import dev.auscult.base.Seed;
import dev.auscult.cli.ShortcutFindings.OfModel;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingCache;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.PhantomModel;
import dev.auscult.report.ConsoleTable;
import dev.auscult.report.RegionFindings;
import dev.auscult.report.RunReport;
import dev.auscult.report.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Audits the built-in models and shows what was planted in them. */
@Command(
    name = "demo",
    header = "Audit the three built-in models and find the shortcuts planted in two of them.",
    description = {
      "",
      "Draws phantom radiographs, audits the models on them, measures their accuracy with and without"
          + " each shortcut, and writes a report. Takes less than a minute; needs no data.",
      ""
    },
    footer = {"", "Example:", "  auscult demo --out auscult-demo"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DemoCommand implements Callable<Integer> {
  /** Both shortcuts are there: a label in the image, and a question that gives the answer away. */
  private static final String DATA = "phantom:n=26,seed=20261123,overlay=true-label,cue=present";

  private static final int COUNTERFACTUALS = 130;
  private static final Seed UNSEEN = new Seed(20_261_124L);

  @Option(
      names = "--out",
      defaultValue = "auscult-demo",
      paramLabel = "DIR",
      description = "Folder for the report (default: ${DEFAULT-VALUE}).")
  private Path out;

  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    Run run = common.begin().with("data", DATA).with("counterfactuals", COUNTERFACTUALS);
    BalanceConfig config = BalanceConfig.faithful(AuditTask.VQA, new Seed(common.seed()));
    try (OutputFolder folder = OutputFolder.open(out)) {
      Dataset dataset = Datasets.open(DATA);
      List<String> names = Arrays.stream(PhantomModel.values()).map(PhantomModel::spec).toList();
      try (LoadedModels models = LoadedModels.load(names, common)) {
        BalanceAudit audit =
            new BalanceAudit(models, dataset, List.of(config), List.of(), Optional.empty());
        folder.claim("demo", audit.describe(run).config());
        audit.run(folder.path(), common.progress());
        ShortcutFindings findings = findings(models, audit.regions(folder.path()));
        findings.write(folder.path());
        RunReport report = audit.report(folder.path(), run, findings, common.progress());
        print(report, audit.brief(), findings, folder);
      }
    }
    return 0;
  }

  private ShortcutFindings findings(LoadedModels models, RegionFindings regions) {
    PlantedShortcuts shortcuts = new PlantedShortcuts(COUNTERFACTUALS, UNSEEN);
    List<OfModel> found = new ArrayList<>();
    for (DualEncoder model : models.encoders()) {
      Embedder embedder = new Embedder(model, common.compute(), EmbeddingCache.none());
      String name = model.identity().name();
      found.add(
          new OfModel(
              name,
              shortcuts.overlay(embedder, model.score(), common.progress()),
              shortcuts.cue(embedder, common.progress()),
              regions.of(name, "overlay"),
              regions.of(name, "lesion")));
    }
    return new ShortcutFindings(COUNTERFACTUALS, found);
  }

  private void print(
      RunReport report, Table balance, ShortcutFindings findings, OutputFolder folder) {
    common
        .console()
        .result(
            report,
            String.join(
                "\n",
                ConsoleTable.render(balance),
                ConsoleTable.render(findings.accuracies()),
                ConsoleTable.render(findings.shares()),
                ConsoleTable.render(findings.verdicts()),
                "Report: " + folder.file("index.html").toAbsolutePath()));
  }
}
