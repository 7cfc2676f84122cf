package dev.auscult.cli;

import dev.auscult.base.Seed;
import dev.auscult.base.UsageException;
import dev.auscult.data.Dataset;
import dev.auscult.data.Sample;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingRun;
import dev.auscult.metric.Bootstrap;
import dev.auscult.model.DualEncoder;
import dev.auscult.report.ConsoleTable;
import dev.auscult.report.HitList;
import dev.auscult.report.Provenance;
import dev.auscult.report.RetrievalJson;
import dev.auscult.report.RetrievalReport;
import dev.auscult.report.RetrievalTables;
import dev.auscult.report.RunReport;
import dev.auscult.retrieval.Direction;
import dev.auscult.retrieval.DirectionResult;
import dev.auscult.retrieval.GroupTests;
import dev.auscult.retrieval.RetrievalComparison;
import dev.auscult.retrieval.RetrievalEvaluation;
import dev.auscult.retrieval.RetrievalGroups;
import dev.auscult.retrieval.RetrievalSet;
import dev.auscult.retrieval.RetrievalSettings;
import dev.auscult.tensor.FloatMatrix;
import java.io.IOException;
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
import picocli.CommandLine.Option;

/** Evaluates retrieval. */
@Command(
    name = "retrieve",
    header = "Measure how well a model finds texts by images and images by texts.",
    description = {
      "",
      "Recall@1/5/10 (a hit is any right answer among the first k), mean reciprocal rank and median"
          + " rank in both directions, with intervals by patient, beside chance; several models are"
          + " compared on the same candidates. Equal texts and equal images are one candidate each.",
      ""
    },
    footer = {
      "",
      "--out gets result.json, ranks.csv and index.html with queries and what was found.",
      "",
      "Examples:",
      "  auscult retrieve --model phantom --data phantom --split test --samples 200 --out retrieved",
      "  auscult retrieve --model hf:openai/clip-vit-base-patch32 --model phantom --data roco:roco/"
          + " --out retrieved",
      "  auscult retrieve --model phantom --data phantom --by sex --by age=40,60 --out retrieved",
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RetrieveCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description = "A model; may be given several times.")
  private List<String> models;

  @Mixin private DataOptions data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the results.")
  private Path out;

  @Mixin private GroupOptions groupOptions;

  @Option(
      names = "--bootstrap",
      defaultValue = "1000",
      paramLabel = "N",
      description = "Resamples for intervals (default: ${DEFAULT-VALUE}).")
  private int resamples;

  @Mixin private CacheOptions cacheOptions;

  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    UsageException.requireAtLeast("--bootstrap", resamples, 100);
    int minimum = groupOptions.minimum();
    List<GroupOption> groups = groupOptions.groups();
    Run run =
        common
            .begin()
            .with("models", models)
            .with("by", groupOptions.written())
            .with("min_group", minimum)
            .with("bootstrap", resamples);
    data.describe(run);
    Dataset opened = data.open();
    List<Sample> chosen = data.samples(opened, common.seed(), sample -> sample.text().isPresent());
    PairedSamples pairs = new PairedSamples(chosen, opened.skipped());
    groups.forEach(group -> group.of(chosen));
    try (OutputFolder folder = OutputFolder.open(out)) {
      folder.claim("retrieve", run.config());
      try (LoadedModels loaded = LoadedModels.load(models, common)) {
        RetrievalReport report = evaluate(run, loaded, pairs, groups, Provenance.Data.of(opened));
        SkippedFile.writeInto(folder.path(), report.skipped());
        report.write(folder.path());
        SkippedFile.remark(report.skipped(), common.console());
        common
            .console()
            .result(
                report.run(), ConsoleTable.render(new RetrievalTables(report.results()).figures()));
        common.console().remark("report: " + folder.file(RunReport.PAGE));
      }
    }
    return 0;
  }

  private RetrievalReport evaluate(
      Run run,
      LoadedModels loaded,
      PairedSamples pairs,
      List<GroupOption> groups,
      Provenance.Data provenance)
      throws IOException {
    for (DualEncoder model : loaded.encoders()) {
      pairs.embedImages(model, embedder(model), common.progress());
    }
    RetrievalSet set = pairs.set();
    RetrievalSettings settings = settings(set, groups);
    RetrievalEvaluation evaluation = new RetrievalEvaluation(set, settings, common.progress());
    Map<String, Map<Direction, DirectionResult>> found = new LinkedHashMap<>();
    List<HitList> examples = new ArrayList<>();
    Map<String, Integer> truncated = new LinkedHashMap<>();
    for (DualEncoder model : loaded.encoders()) {
      String name = model.identity().name();
      EmbeddingRun texts = PairedSamples.texts(set, embedder(model), common.progress());
      truncated.put(name, texts.truncated());
      FloatMatrix images = pairs.images(name, set);
      FloatMatrix vectors = texts.embeddings().vectors();
      Map<Direction, DirectionResult> both = evaluation.of(images, vectors);
      found.put(name, both);
      if (examples.isEmpty()) {
        RetrievalExamples shown = new RetrievalExamples(set, images, vectors, common.threads());
        both.forEach((direction, result) -> examples.addAll(shown.of(direction, result)));
      }
    }
    Map<String, Map<Direction, DirectionResult>> results = GroupTests.corrected(found);
    List<RetrievalComparison> comparisons =
        RetrievalComparison.all(set, results, settings.bootstrap());
    Map<String, @Nullable Object> json =
        new LinkedHashMap<>(RetrievalJson.of(set, results, comparisons));
    json.put("truncated_texts", truncated);
    json.put("skipped", pairs.skipped().size());
    RunReport report = run.report(loaded.identities(), Optional.of(provenance), json);
    return new RetrievalReport(set, results, comparisons, examples, pairs.skipped(), report);
  }

  private Embedder embedder(DualEncoder model) {
    return new Embedder(model, common.compute(), cacheOptions.cache());
  }

  private RetrievalSettings settings(RetrievalSet set, List<GroupOption> groups) {
    Bootstrap bootstrap =
        new Bootstrap(
            Bootstrap.Kind.BCA, resamples, 0.95, new Seed(common.seed()).derive("retrieve"));
    return new RetrievalSettings(
        bootstrap,
        common.threads(),
        groups.stream()
            .map(group -> new RetrievalGroups(group.attribute(), group.of(set.samples())))
            .toList(),
        groupOptions.minimum());
  }
}
