package dev.auscult.cli;

import dev.auscult.adapt.AdaptationMethod;
import dev.auscult.adapt.AdapterTrainer;
import dev.auscult.adapt.AdapterTrainers;
import dev.auscult.adapt.LabelledSplit;
import dev.auscult.adapt.TaskLabels;
import dev.auscult.base.InputException;
import dev.auscult.base.UsageException;
import dev.auscult.data.ClassConceptPrior;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.embed.Embedder;
import dev.auscult.model.DualEncoder;
import dev.auscult.report.ConsoleTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adapts a model to labelled data. */
@Command(
    name = "adapt",
    header =
        "Adapt a model to labelled images: SCALE, linear probe, CLIP-Adapter, Tip-Adapter, LP++,"
            + " CoOp, CLIP-LoRA.",
    description = {
      "",
      "Images and prompts are embedded once and kept; training takes seconds, except where it"
          + " passes through an encoder (coop, lora). Writes adapter.safetensors, predictions.csv, training.csv, result.json"
          + " and index.html; the adapter works with classify, audit and embed (--adapter). Patients"
          + " never part: the data's own split is used where every sample has one, else 15 %% validate"
          + " and 15 %% test. Nothing is chosen on the test split.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  auscult adapt --method scale --model phantom --data"
          + " phantom:n=748,scanner=epsilon,findings=padchest-gr --out adapted",
      "  auscult adapt --method linear --set balance=weighted --model phantom --data phantom:n=400"
          + " --out probe",
      "  auscult adapt --method scale --set lambda=grid --prior derm7pt --task pigmentation --model"
          + " monet/ --data derm7pt:data/derm7pt --out pigmentation",
      "  auscult adapt --method coop --model phantom --data phantom:n=400 --set epochs=50 --out"
          + " coop",
      "  auscult adapt --method lora --model phantom --data phantom:n=400 --set iterations=200 --out"
          + " lora",
      "  auscult classify --model phantom --adapter adapted/adapter.safetensors --images new/",
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AdaptCommand implements Callable<Integer> {
  @Option(
      names = "--method",
      required = true,
      paramLabel = "NAME",
      description = "scale, linear, clip-adapter, tip, tip-f, lp++, coop, lora or zero-shot.")
  private String method;

  @Option(names = "--model", required = true, paramLabel = "M", description = "The model.")
  private String model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "D",
      description = "Labelled images: a data set or a manifest with the column label.")
  private String data;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for results.")
  private Path out;

  @Option(
      names = "--prior",
      paramLabel = "NAME|FILE",
      description =
          "Class-concept prior: derm7pt, padchest-gr or a YAML file (default: the labels, and"
              + " concepts if there are, of the data).")
  private @Nullable String prior;

  @Option(
      names = "--task",
      paramLabel = "NAME",
      description = "Which task of the prior, where it has several.")
  private @Nullable String task;

  @Option(
      names = "--templates",
      defaultValue = "plain",
      paramLabel = "FILE|NAME",
      description =
          "Prompt templates where no prior words the labels: a file with one per line, {} for the"
              + " label, or radiology, dermatology, pathology, phantom, plain (default:"
              + " ${DEFAULT-VALUE}).")
  private String templates;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of the method, e.g. epochs=50; may be given several times (docs/adaptation.md).")
  private @Nullable Map<String, String> settings;

  @Mixin private CacheOptions cacheOptions;

  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    Map<String, String> given = settings == null ? Map.of() : new LinkedHashMap<>(settings);
    AdapterTrainer trainer = AdapterTrainers.of(AdaptationMethod.of(method), given);
    try (OutputFolder folder = OutputFolder.open(out)) {
      Dataset dataset = Datasets.open(data);
      TaskLabels labels = labels(dataset);
      try (DualEncoder encoder = common.load(model)) {
        Run run = describe(dataset, labels, encoder, trainer);
        folder.claim("adapt", run.config());
        Optional<String> earlier = folder.finished();
        if (earlier.isPresent()) {
          common.console().remark("this adaptation is finished: the result is that of its folder");
          common.console().result(earlier.get(), "report: " + folder.file("index.html"));
          return 0;
        }
        LabelledSplit.sharedPatients(dataset, labels).refuse(dataset.name(), folder.path());
        Embedder embedder = new Embedder(encoder, common.compute(), cacheOptions.cache());
        AdaptationRun adaptation =
            AdaptationRun.of(encoder, embedder, dataset, labels, trainer, common);
        AdaptationReport report = adaptation.report(run, encoder.identity(), dataset);
        report.write(folder.path());
        adaptation.remark(common.console());
        common.console().remark("report: " + folder.file("index.html"));
        common.console().result(report.run(), ConsoleTable.render(report.figures()));
      }
    }
    return 0;
  }

  private Run describe(
      Dataset dataset, TaskLabels labels, DualEncoder encoder, AdapterTrainer trainer) {
    return common
        .begin()
        .with("method", trainer.method().term())
        .with("settings", trainer.settings())
        .with("model", model)
        .with("weights", encoder.identity().weights().hex())
        .with("data", data)
        .with("data_hash", dataset.hash().hex())
        .with("labels", labels.hierarchy().names())
        .with("prompts", labels.prompts().texts());
  }

  private TaskLabels labels(Dataset dataset) {
    if (prior == null && task != null) {
      throw new UsageException(
          "--task " + task, "no --prior", "the prior that has the task", "name it with --prior");
    }
    if (prior == null) {
      return TaskLabels.of(dataset, TemplateOption.read(templates));
    }
    List<ClassConceptPrior> tasks = ClassConceptPrior.open(prior);
    List<ClassConceptPrior> chosen =
        tasks.stream().filter(one -> task == null || one.name().equals(task)).toList();
    if (chosen.size() != 1) {
      throw new InputException(
          task == null ? "--prior " + prior : "--task " + task,
          task == null ? chosen.size() + " tasks" : "no such task in " + prior,
          "one of " + tasks.stream().map(ClassConceptPrior::name).collect(Collectors.joining(", ")),
          "name it with --task");
    }
    return TaskLabels.of(chosen.get(0));
  }
}
