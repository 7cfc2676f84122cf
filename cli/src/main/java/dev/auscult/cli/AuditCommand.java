package dev.auscult.cli;

import dev.auscult.balance.AuditTask;
import dev.auscult.balance.BalanceConfig;
import dev.auscult.balance.QualityConfig;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.report.ConsoleTable;
import dev.auscult.report.Figures;
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

/** Audits the modality balance of models. */
@Command(
    name = "audit",
    header = "Measure how much of a model's score comes from image and text (MM-SHAP).",
    description = {
      "",
      "Writes samples.csv, attributions.jsonl, result.json and index.html with heat maps. An"
          + " interrupted audit goes on where it was when the same command is given again; a"
          + " finished one is answered from its folder.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  auscult audit --model phantom --data phantom --task isa --samples 50 --out audit",
      "  auscult audit --model clip-vit-base-patch32/ --data vqa-rad:data/vqa-rad --task vqa"
          + " --samples 100 --seed 1 --out audit-vqa",
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AuditCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description = "A model; may be given several times.")
  private List<String> models;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "D",
      description = "Images with texts, or with questions and answers.")
  private String data;

  @Option(
      names = "--task",
      required = true,
      paramLabel = "isa|vqa",
      description = "Score an image with its text (isa), or a question with its answer (vqa).")
  private AuditTask task;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for results.")
  private Path out;

  @Option(
      names = "--split",
      paramLabel = "S",
      description = "Audit the samples of one published split: train, validation or test.")
  private @Nullable String split;

  @Option(
      names = "--grids",
      split = ",",
      paramLabel = "P",
      description =
          "Audit also with the image cut into P x P cells, the same for every model, e.g. 2,4,7:"
              + " shows how far IScore depends on the grid.")
  private @Nullable List<Integer> grids;

  @Mixin private BalanceOptions choices;

  @Mixin private QualityOptions examination;

  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    Run run = common.begin().with("data", data);
    List<BalanceConfig> configs = choices.configs(task, common.seed());
    Optional<QualityConfig> quality = examination.config();
    try (OutputFolder folder = OutputFolder.open(out)) {
      Dataset dataset = Datasets.open(data);
      if (split != null) {
        dataset = Datasets.split(dataset, split);
        run.with("split", split);
      }
      try (LoadedModels loaded = LoadedModels.load(models, common)) {
        List<Integer> sides = grids == null ? List.of() : grids;
        if (!sides.isEmpty()) {
          run.with("grids", sides.toString());
        }
        quality.ifPresent(chosen -> run.with("quality", chosen.choices()));
        BalanceAudit audit = new BalanceAudit(loaded, dataset, configs, sides, quality);
        folder.claim("audit", audit.describe(run).config());
        if (quality.isPresent()) {
          String passes = Figures.count(audit.qualityPasses());
          common
              .console()
              .remark("--quality: up to " + passes + " encoder passes beside those of the audit");
        }
        audit.run(folder.path(), common.progress());
        String result = result(audit, run, folder);
        common.console().remark("report: " + folder.file(RunReport.PAGE));
        common.console().result(result, ConsoleTable.render(audit.brief()));
      }
    }
    return 0;
  }

  private String result(BalanceAudit audit, Run run, OutputFolder folder) throws IOException {
    Optional<String> earlier = folder.finished();
    if (earlier.isPresent()) {
      common.console().remark("this audit is finished: the result is that of its folder");
      return earlier.get();
    }
    return audit.report(folder.path(), run, null, common.progress()).toJson();
  }
}
