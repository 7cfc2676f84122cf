package dev.auscult.cli;

import dev.auscult.balance.AuditTask;
import dev.auscult.balance.BalanceConfig;
import dev.auscult.balance.QualityConfig;
import dev.auscult.balance.Shard;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.report.ConsoleTable;
import dev.auscult.report.Figures;
import dev.auscult.report.ResultJson;
import dev.auscult.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

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
    customSynopsis = {
      "auscult audit --model=M [--model=M]... --data=D --task=TASK --out=DIR [OPTIONS]",
      "       auscult audit merge DIR... --out=DIR",
      ""
    },
    subcommands = AuditMergeCommand.class,
    footer = {
      "",
      "Examples:",
      "  auscult audit --model phantom --data phantom --task isa --samples 50 --out audit",
      "  auscult audit --model clip-vit-base-patch32/ --data vqa-rad:data/vqa-rad --task vqa"
          + " --samples 100 --seed 1 --out audit-vqa",
      "  auscult audit --model phantom --data phantom --task foil --samples 50 --out foils",
      "  auscult audit --model phantom --data phantom --task class --prompt \"radiograph with {}\""
          + " --out classes",
      "  auscult audit --model phantom --data phantom --task retrieval --split test --out ranks",
      "  auscult audit --model phantom --data phantom --task isa --by sex --by age=50 --out groups",
      "  auscult audit --model phantom --data phantom --task isa --out parts --shard 1/2",
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AuditCommand implements Callable<Integer> {
  @Option(names = "--model", paramLabel = "M", description = "A model; may be given several times.")
  private List<String> models;

  @Option(
      names = "--data",
      paramLabel = "D",
      description = "Images with texts, foils, questions and answers, or labels.")
  private String data;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description =
          "What an image is scored with: its text (isa), its text and its foil (foil), a question"
              + " with its answer (vqa), the prompt of its class (class), or its text among those of"
              + " the others (retrieval).")
  private AuditTask task;

  @Option(names = "--out", paramLabel = "DIR", description = "Folder for results.")
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

  @Mixin private GroupOptions groupOptions;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description =
          "Audit part I of N only, in a folder of its own below --out; several processes thus share"
              + " one audit, and 'auscult audit merge' joins them.")
  private @Nullable String shard;

  @Mixin private AdapterOption adapter;

  @Mixin private MaskOption mask;

  @Mixin private BalanceOptions choices;

  @Mixin private QualityOptions examination;

  @Spec private CommandSpec spec;

  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    requireOptions();
    Console console = common.console();
    if (shard == null) {
      return audit(out, (audit, run, folder) -> undivided(audit, run, folder, console));
    }
    Shard part = Shard.named(shard);
    return audit(
        ShardFolder.below(out, part), (audit, run, folder) -> part(audit, run, folder, part));
  }

  /** Makes of all shards what this audit would have made undivided. */
  int join(ShardFolders shards, Console console) throws IOException {
    return audit(
        out,
        (audit, run, folder) -> {
          shards.requireConfig(JsonMapper.shared().readTree(ResultJson.line(run.config())));
          folder.claim("audit", run.config());
          if (folder.finished().isEmpty()) {
            audit.join(shards, folder.path());
          }
          undivided(audit, run, folder, console);
        });
  }

  /** Subcommands have none of these, so that the parser cannot require them. */
  private void requireOptions() {
    Map<String, @Nullable Object> required = new LinkedHashMap<>();
    required.put("--model=M", models);
    required.put("--data=D", data);
    required.put("--task=TASK", task);
    required.put("--out=DIR", out);
    List<String> missing = new ArrayList<>();
    required.forEach(
        (option, value) -> {
          if (value == null) {
            missing.add("'" + option + "'");
          }
        });
    if (!missing.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "Missing required options: " + String.join(", ", missing));
    }
  }

  /** What is done with an audit whose options, models and data were found good. */
  private interface Work {
    void of(BalanceAudit audit, Run run, OutputFolder folder) throws IOException;
  }

  private int audit(Path where, Work work) throws IOException {
    Run run = common.begin().with("data", data);
    List<BalanceConfig> configs = choices.configs(task, common.seed());
    Optional<QualityConfig> quality = examination.config();
    try (OutputFolder folder = OutputFolder.open(where)) {
      Dataset dataset = Datasets.open(data);
      if (split != null) {
        dataset = Datasets.split(dataset, split);
        run.with("split", split);
      }
      dataset = mask.apply(dataset);
      mask.describe(run);
      try (LoadedModels loaded = LoadedModels.load(models, common)) {
        if (adapter.isGiven()) {
          loaded.addAdapted(adapter, common);
          adapter.describe(run);
        }
        List<Integer> sides = grids == null ? List.of() : grids;
        if (!sides.isEmpty()) {
          run.with("grids", sides.toString());
        }
        quality.ifPresent(chosen -> run.with("quality", chosen.choices()));
        BalanceGroups groups = BalanceGroups.of(groupOptions, dataset.samples());
        groups.describe(run);
        BalanceAudit audit = new BalanceAudit(loaded, dataset, configs, sides, quality);
        audit.tellApart(groups);
        work.of(audit, audit.describe(run), folder);
      }
    }
    return 0;
  }

  private void undivided(BalanceAudit audit, Run run, OutputFolder folder, Console console)
      throws IOException {
    folder.claim("audit", run.config());
    if (audit.qualityPasses() > 0) {
      String passes = Figures.count(audit.qualityPasses());
      console.remark("--quality: up to " + passes + " encoder passes beside those of the audit");
    }
    audit.run(folder.path(), common.progress());
    String result = result(audit, run, folder, console);
    console.remark("report: " + folder.file(RunReport.PAGE));
    console.result(result, ConsoleTable.render(audit.brief()));
  }

  private String result(BalanceAudit audit, Run run, OutputFolder folder, Console console)
      throws IOException {
    Optional<String> earlier = folder.finished();
    if (earlier.isPresent()) {
      console.remark("this audit is finished: the result is that of its folder");
      return earlier.get();
    }
    return audit.report(folder.path(), run, null, common.progress()).toJson();
  }

  private void part(BalanceAudit audit, Run run, OutputFolder folder, Shard part)
      throws IOException {
    folder.claim("audit", run.with(ShardFolder.SHARD, part.label()).config());
    ShardReport report =
        new ShardReport(part, audit.runPart(folder.path(), part, common.progress()));
    if (!Files.exists(folder.file(RunReport.FILE))) {
      audit.report(run, report.toJson(common.arguments())).write(folder.path());
    }
    Console console = common.console();
    console.remark(
        "shard %s is finished; when all are: auscult audit merge %s --out DIR"
            .formatted(part.label(), out));
    console.result(
        Files.readString(folder.file(RunReport.FILE)), ConsoleTable.render(report.table()));
  }
}
