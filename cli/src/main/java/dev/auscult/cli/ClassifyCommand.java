package dev.auscult.cli;

import dev.auscult.adapt.SavedAdapter;
import dev.auscult.base.Progress;
import dev.auscult.base.UsageException;
import dev.auscult.cli.Classification.Decision;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingRun;
import dev.auscult.embed.Embeddings;
import dev.auscult.embed.ImageItem;
import dev.auscult.model.DualEncoder;
import dev.auscult.report.ConsoleTable;
import dev.auscult.report.RunReport;
import dev.auscult.text.PromptTemplate;
import dev.auscult.zeroshot.Ensemble;
import dev.auscult.zeroshot.Prediction;
import dev.auscult.zeroshot.PromptSet;
import dev.auscult.zeroshot.ZeroShotClassifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Classifies images by their similarity to prompts. */
@Command(
    name = "classify",
    header = "Classify images zero-shot: which of these classes fits best?",
    description = {
      "",
      "Every class is filled into every template; the prompts of a class are averaged in embedding"
          + " space; the probability is the softmax of logit scale times cosine. A prompt set"
          + " (--prompts) words classes by synonyms, by presence against absence, or by attributes.",
      ""
    },
    footer = {
      "",
      "--out writes predictions.csv, result.json and index.html.",
      "",
      "Examples:",
      "  auscult classify --model phantom --images thorax.png --labels \"pleural effusion;normal\"",
      "  auscult classify --model clip-vit-base-patch32/ --images radiographs/ --labels classes.txt"
          + " --templates radiology --out classified",
      "  auscult classify --model phantom --images thorax.png --prompts phantom --definition pairs",
      "  auscult classify --model phantom --adapter adapted/adapter.safetensors --images new/",
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ClassifyCommand implements Callable<Integer> {
  @Option(names = "--model", required = true, paramLabel = "M", description = "The model.")
  private String model;

  @Option(
      names = "--images",
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description = "Images, or folders with all images below them.")
  private List<Path> images;

  @Option(
      names = "--labels",
      paramLabel = "FILE|\"a;b;c\"",
      description =
          "The classes: a file with one per line, or a list (default: those that the adapter was"
              + " trained on).")
  private @Nullable String labels;

  @Option(
      names = "--templates",
      defaultValue = "plain",
      paramLabel = "FILE|NAME",
      description =
          "Prompt templates: a file with one per line, {} for the class, or radiology, dermatology,"
              + " pathology, phantom, plain (default: ${DEFAULT-VALUE}).")
  private String templates;

  @Option(
      names = "--ensemble",
      defaultValue = "embeddings",
      paramLabel = "HOW",
      description =
          "What is averaged over the templates: embeddings or probabilities (default:"
              + " ${DEFAULT-VALUE}).")
  private Ensemble ensemble;

  @Option(
      names = "--top",
      defaultValue = "3",
      paramLabel = "K",
      description = "Classes shown per image (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(names = "--out", paramLabel = "DIR", description = "Folder for the results.")
  private @Nullable Path out;

  @Mixin private PromptOptions promptOptions;

  @Mixin private AdapterOption adapter;

  @Mixin private MaskOption mask;

  @Mixin private CacheOptions cacheOptions;

  @Mixin(name = "common")
  private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Optional<SavedAdapter> saved = adapter.read();
    Optional<PromptSet> prompts = prompts();
    List<String> classes = prompts.map(PromptSet::classNames).orElseGet(() -> classes(saved));
    List<ImageItem> items = mask.apply(ImagePaths.list(images));
    Run run = common.begin().with("model", model).with("images", images).with("labels", classes);
    adapter.describe(run);
    mask.describe(run);
    prompts.ifPresent(set -> PromptOptions.describe(set, run));
    if (labels != null) {
      run.with(
              "templates",
              TemplateOption.read(templates).templates().stream()
                  .map(PromptTemplate::text)
                  .toList())
          .with("ensemble", ensemble);
    }
    if (out == null) {
      print(classify(run, classes, prompts, saved, items));
      return 0;
    }
    try (OutputFolder folder = OutputFolder.open(out)) {
      folder.claim("classify", run.config());
      Classification classified = classify(run, classes, prompts, saved, items);
      classified.write(folder.path());
      print(classified);
      common.console().remark("report: " + folder.file("index.html"));
    }
    return 0;
  }

  private Optional<PromptSet> prompts() {
    Optional<PromptSet> set = promptOptions.read();
    ParseResult given = spec.commandLine().getParseResult();
    for (String option : List.of("--labels", "--templates", "--ensemble")) {
      if (set.isPresent() && given.hasMatchedOption(option)) {
        throw new UsageException(
            option,
            "also --prompts, which brings classes and templates",
            "one of the two",
            "leave out " + option);
      }
    }
    return set;
  }

  private List<String> classes(Optional<SavedAdapter> saved) {
    if (labels != null) {
      return ListOption.classes(labels);
    }
    return saved
        .map(one -> one.description().labels().names())
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(), "Missing required option: '--labels=FILE|\"a;b;c\"'"));
  }

  private Classification classify(
      Run run,
      List<String> classes,
      Optional<PromptSet> prompts,
      Optional<SavedAdapter> saved,
      List<ImageItem> items)
      throws IOException {
    try (DualEncoder encoder = common.load(model)) {
      if (saved.isPresent() && labels == null && prompts.isEmpty()) {
        saved.get().requireModel(encoder.identity());
        try (DualEncoder seen = adapter.encoder(encoder, saved.get())) {
          Embedder embedder = new Embedder(seen, common.compute(), cacheOptions.cache());
          AdapterClassifier classifier =
              AdapterClassifier.of(saved.get(), encoder.logitScale(), embedder);
          return classified(
              run, Decision.AMONG_CLASSES, classes, embedder, seen, items, classifier::classify);
        }
      }
      DualEncoder adapted = adapter.adapt(encoder);
      Embedder embedder = new Embedder(adapted, common.compute(), cacheOptions.cache());
      ZeroShotClassifier classifier =
          prompts
              .map(set -> ZeroShotClassifier.of(set, embedder, encoder.score(), common.progress()))
              .orElseGet(() -> ofTemplates(classes, embedder, encoder));
      return classified(
          run, decision(prompts), classes, embedder, adapted, items, classifier::classify);
    }
  }

  private ZeroShotClassifier ofTemplates(
      List<String> classes, Embedder embedder, DualEncoder encoder) {
    return ZeroShotClassifier.of(
        classes,
        classes.stream().map(TemplateOption.read(templates)::prompts).toList(),
        ensemble,
        embedder,
        encoder.score(),
        Progress.NONE);
  }

  private static Decision decision(Optional<PromptSet> prompts) {
    return prompts.filter(set -> set.definition().decidesEachAlone()).isPresent()
        ? Decision.EACH_ALONE
        : Decision.AMONG_CLASSES;
  }

  private Classification classified(
      Run run,
      Decision decision,
      List<String> classes,
      Embedder embedder,
      DualEncoder encoder,
      List<ImageItem> items,
      Function<Embeddings, List<Prediction>> classifier)
      throws IOException {
    EmbeddingRun embedded = embedder.images(items, common.progress());
    SkippedFile.refuseNothing(embedded.embeddings().size(), embedded.skipped());
    List<Prediction> predictions = classifier.apply(embedded.embeddings());
    RunReport report =
        run.report(
            List.of(encoder.identity()),
            Optional.empty(),
            Classification.figures(decision, classes, predictions, embedded.skipped()));
    return new Classification(decision, classes, predictions, embedded.skipped(), report);
  }

  private void print(Classification classified) {
    SkippedFile.remark(classified.skipped(), common.console());
    common.console().result(classified.report(), ConsoleTable.render(classified.table(top)));
  }
}
