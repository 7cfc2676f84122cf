package dev.auscult.cli;

import dev.auscult.base.Seed;
import dev.auscult.base.UsageException;
import dev.auscult.data.Dataset;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingRun;
import dev.auscult.embed.ImageItem;
import dev.auscult.metric.Bootstrap;
import dev.auscult.model.DualEncoder;
import dev.auscult.report.ConsoleTable;
import dev.auscult.report.PromptReport;
import dev.auscult.report.Provenance;
import dev.auscult.report.RunReport;
import dev.auscult.zeroshot.LabelledImages;
import dev.auscult.zeroshot.PromptSensitivity;
import dev.auscult.zeroshot.PromptSet;
import dev.auscult.zeroshot.PromptVectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures how far classification depends on the wording. */
@Command(
    name = "prompts",
    header = "Measure how far zero-shot accuracy depends on the wording of the classes.",
    description = {
      "",
      "Classifies labelled images with all prompts of a set, with each template or pair alone, with"
          + " each synonym alone, and with every definition of classes the set has (names, pairs,"
          + " attributes). Nothing is chosen: to pick the best wording takes validation data.",
      ""
    },
    footer = {
      "",
      "--out gets result.json, index.html, wordings.csv and predictions.csv.",
      "",
      "Examples:",
      "  auscult prompts --model phantom --data phantom --split validation --prompts phantom"
          + " --out wording",
      "  auscult prompts --model clip-vit-base-patch32/ --data ham10000:ham/ --prompts dermatoscopy"
          + " --samples 500 --out wording",
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PromptsCommand implements Callable<Integer> {
  @Option(names = "--model", required = true, paramLabel = "M", description = "The model.")
  private String model;

  @Mixin private DataOptions data;

  @Mixin private PromptOptions prompts;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the results.")
  private Path out;

  @Option(
      names = "--bootstrap",
      defaultValue = "1000",
      paramLabel = "N",
      description = "Resamples for intervals (default: ${DEFAULT-VALUE}).")
  private int resamples;

  @Mixin private CacheOptions cacheOptions;

  @Mixin(name = "common")
  private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PromptSet set =
        prompts
            .read()
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(), "Missing required option: '--prompts=FILE|NAME'"));
    UsageException.requireAtLeast("--bootstrap", resamples, 100);
    Dataset dataset = data.open();
    LabelledImages labelled =
        LabelledImages.of(
            data.samples(
                dataset,
                common.seed(),
                sample -> sample.label().isPresent() || !sample.findings().isEmpty()),
            set);
    Run run = common.begin().with("model", model).with("bootstrap", resamples);
    data.describe(run);
    PromptOptions.describe(set, run);
    try (OutputFolder folder = OutputFolder.open(out);
        DualEncoder encoder = common.load(model)) {
      folder.claim("prompts", run.config());
      PromptReport report = analyse(set, labelled, dataset, encoder, folder);
      RunReport whole =
          run.report(
              List.of(encoder.identity()),
              Optional.of(Provenance.Data.of(dataset)),
              report.figures());
      report.write(folder.path(), whole);
      common.console().result(whole, ConsoleTable.render(report.table()));
      common.console().remark(report.finding());
      common.console().remark("report: " + folder.file(RunReport.PAGE));
    }
    return 0;
  }

  private PromptReport analyse(
      PromptSet set,
      LabelledImages labelled,
      Dataset dataset,
      DualEncoder encoder,
      OutputFolder folder)
      throws IOException {
    Embedder embedder = new Embedder(encoder, common.compute(), cacheOptions.cache());
    PromptVectors vectors =
        PromptVectors.of(PromptSensitivity.texts(set), embedder, common.progress());
    EmbeddingRun embedded =
        embedder.images(labelled.samples().stream().map(ImageItem::of).toList(), common.progress());
    List<Skipped> skipped = new ArrayList<>(dataset.skipped());
    skipped.addAll(labelled.skipped());
    skipped.addAll(embedded.skipped());
    SkippedFile.refuseNothing(embedded.embeddings().size(), embedded.skipped());
    SkippedFile.writeInto(folder.path(), skipped);
    SkippedFile.remark(skipped, common.console());
    Bootstrap bootstrap =
        new Bootstrap(
            Bootstrap.Kind.BCA, resamples, 0.95, new Seed(common.seed()).derive("prompts"));
    PromptSensitivity sensitivity =
        PromptSensitivity.of(
            set,
            labelled,
            embedded.embeddings(),
            vectors,
            encoder.score(),
            bootstrap,
            common.threads(),
            common.progress());
    return new PromptReport(set, sensitivity, skipped);
  }
}
