package dev.auscult.cli;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import dev.auscult.base.UsageException;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.data.Sample;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingCache;
import dev.auscult.features.DataFeatures;
import dev.auscult.features.FeatureData;
import dev.auscult.features.FeatureResult;
import dev.auscult.features.FeatureSettings;
import dev.auscult.features.FeatureSettings.TextUse;
import dev.auscult.features.FeatureStudy;
import dev.auscult.features.FeatureVerdict;
import dev.auscult.features.Grouping;
import dev.auscult.features.ModelDomain;
import dev.auscult.metric.Bootstrap;
import dev.auscult.model.ModelIdentity;
import dev.auscult.model.VisionEncoder;
import dev.auscult.projection.ProjectionMethod;
import dev.auscult.report.ConsoleTable;
import dev.auscult.report.FeatureJson;
import dev.auscult.report.FeatureReport;
import dev.auscult.report.FeatureTables;
import dev.auscult.report.Provenance;
import dev.auscult.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares the features of models. */
@Command(
    name = "features",
    header = "Compare the features of models: how well do they separate the classes?",
    description = {
      "",
      "Embeds the images of every data set with every model and measures how well the classes"
          + " separate (linear probe, nearest neighbours, silhouette and others, with intervals by"
          + " patient), how alike the models' features are (CKA), and how images and texts lie to each"
          + " other (modality gap, alignment, uniformity). Models are compared in pairs on the same"
          + " images, medical with general ones too.",
      ""
    },
    footer = {
      "",
      "--out gets result.json, index.html with maps side by side, figures.csv, comparisons.csv,"
          + " cka.csv and one map-N.csv per data set.",
      "",
      "Examples:",
      "  auscult features --model phantom --model hf:openai/clip-vit-base-patch32 \\",
      "    --data ham10000:data/ham10000 --out features",
      "  auscult features --model rad-dino/ --data phantom --by sex --by age=40,65 --images-only \\",
      "    --projection umap --out features-by-sex-and-age",
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class FeaturesCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      required = true,
      arity = "1..*",
      paramLabel = "M",
      description = "Models, with or without an encoder of texts; repeat for several.")
  private List<String> models;

  @Option(
      names = "--data",
      required = true,
      arity = "1..*",
      paramLabel = "D",
      description = "Data sets; repeat for several.")
  private List<String> data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the results.")
  private Path out;

  @Option(
      names = "--by",
      defaultValue = "label",
      paramLabel = "label|ATTR[=A,B]",
      description =
          "What the classes are: label, concept, or an attribute such as sex; bands of a number"
              + " begin at A, B (age: 18,40,60,80). Repeat for several, each measured by itself"
              + " (default: ${DEFAULT-VALUE}).")
  private List<String> by;

  @Option(
      names = "--projection",
      defaultValue = "tsne",
      paramLabel = "tsne|umap|pca",
      description = "How maps are made (default: ${DEFAULT-VALUE}).")
  private ProjectionMethod projection;

  @Option(names = "--images-only", description = "Leave texts out.")
  private boolean imagesOnly;

  @Option(
      names = "--samples",
      defaultValue = "1000",
      paramLabel = "N",
      description =
          "At most N images of each data set, chosen by the seed: time and memory grow with their"
              + " square (default: ${DEFAULT-VALUE}).")
  private int samples;

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
    requireDifferent("--model", models);
    requireDifferent("--data", data);
    List<GroupOption> groups = GroupOption.parse(by);
    FeatureSettings settings = settings(groups);
    List<Dataset> datasets = data.stream().map(Datasets::open).toList();
    requireKnown(groups, datasets);
    List<FeatureData> chosen = chosen(datasets, settings);
    Run run = run(datasets);
    try (OutputFolder folder = OutputFolder.open(out)) {
      folder.claim("features", run.config());
      FeatureStudy study = new FeatureStudy(settings, chosen);
      List<ModelIdentity> identities = embed(study);
      SkippedFile.writeInto(folder.path(), study.skipped());
      SkippedFile.remark(study.skipped(), common.console());
      FeatureResult result = study.finish(common.progress());
      RunReport report =
          run.report(identities, Optional.of(provenance(datasets, chosen)), FeatureJson.of(result));
      new FeatureReport(result, report).write(folder.path());
      print(result, report, folder);
    }
    return 0;
  }

  /** Every grouping makes sense on some of the data, all together. */
  private static void requireKnown(List<GroupOption> groups, List<Dataset> datasets) {
    List<Sample> samples = datasets.stream().flatMap(of -> of.samples().stream()).toList();
    groups.forEach(group -> group.of(samples));
  }

  /** Data sets under their own names; where two have the same, as the user wrote them. */
  private List<FeatureData> chosen(List<Dataset> datasets, FeatureSettings settings) {
    boolean different = datasets.stream().map(Dataset::name).distinct().count() == datasets.size();
    List<FeatureData> chosen = new ArrayList<>();
    for (int d = 0; d < datasets.size(); d++) {
      String name = different ? datasets.get(d).name() : data.get(d);
      chosen.add(FeatureData.of(name, datasets.get(d), settings));
    }
    return chosen;
  }

  private FeatureSettings settings(List<GroupOption> groups) {
    UsageException.requireAtLeast("--samples", samples, 4);
    UsageException.requireAtLeast("--bootstrap", resamples, 100);
    Bootstrap bootstrap =
        new Bootstrap(
            Bootstrap.Kind.BCA, resamples, 0.95, new Seed(common.seed()).derive("features"));
    return new FeatureSettings(
        groups.stream().map(of -> new Grouping(of.attribute(), of::of)).toList(),
        projection,
        samples,
        imagesOnly ? TextUse.NONE : TextUse.PAIRED,
        bootstrap,
        common.threads());
  }

  private static void requireDifferent(String option, List<String> names) {
    HashSet<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new InputException(
            option + " " + name, "the same twice", "each once", "leave one out");
      }
    }
  }

  private Run run(List<Dataset> datasets) {
    return common
        .begin()
        .with("model", models)
        .with("data", data)
        .with("data_hash", hash(datasets).hex())
        .with("by", by)
        .with("projection", projection)
        .with("images_only", imagesOnly)
        .with("samples", samples)
        .with("bootstrap", resamples);
  }

  /** The hash of the data set, as every command records it; of several that of their hashes. */
  private static ContentHash hash(List<Dataset> datasets) {
    return datasets.size() == 1
        ? datasets.get(0).hash()
        : ContentHash.of(
            datasets.stream().map(dataset -> dataset.hash().hex()).toArray(String[]::new));
  }

  private List<ModelIdentity> embed(FeatureStudy study) {
    EmbeddingCache cache = cacheOptions.cache();
    List<ModelIdentity> identities = new ArrayList<>();
    for (String model : models) {
      try (VisionEncoder encoder = common.loadVision(model)) {
        study.add(
            encoder,
            domain(model),
            new Embedder(encoder, common.compute(), cache),
            common.progress());
        identities.add(encoder.identity());
      }
    }
    return identities;
  }

  /** What the registry says that a model was trained on. */
  private static ModelDomain domain(String model) {
    return ModelFacts.known(model)
        .map(
            of ->
                of.domains().contains(ModelDomain.GENERAL.term())
                    ? ModelDomain.GENERAL
                    : ModelDomain.MEDICAL)
        .orElse(ModelDomain.UNKNOWN);
  }

  private static Provenance.Data provenance(List<Dataset> datasets, List<FeatureData> chosen) {
    return new Provenance.Data(
        datasets.stream().map(Dataset::name).collect(Collectors.joining(", ")),
        hash(datasets),
        chosen.stream().mapToInt(of -> of.samples().size()).sum(),
        chosen.stream().mapToInt(of -> of.skipped().size()).sum());
  }

  private void print(FeatureResult result, RunReport report, OutputFolder folder) {
    String tables =
        result.data().stream()
            .map(FeaturesCommand::table)
            .collect(Collectors.joining(System.lineSeparator()));
    common.console().result(report, tables);
    new FeatureVerdict(result).sentences().forEach(common.console()::remark);
    common.console().remark("report: " + folder.file(RunReport.PAGE));
  }

  private static String table(DataFeatures data) {
    return ConsoleTable.render(
        data.description().measured() > 0
            ? FeatureTables.separation(data)
            : FeatureTables.geometry(data));
  }
}
