package dev.auscult.cli;

import dev.auscult.base.Progress;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingRun;
import dev.auscult.embed.ImageItem;
import dev.auscult.model.DualEncoder;
import dev.auscult.report.ConsoleTable;
import dev.auscult.report.RunReport;
import dev.auscult.text.PromptTemplate;
import dev.auscult.text.PromptTemplates;
import dev.auscult.zeroshot.Ensemble;
import dev.auscult.zeroshot.Prediction;
import dev.auscult.zeroshot.ZeroShotClassifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Classifies images by their similarity to prompts. */
@Command(
    name = "classify",
    header = "Classify images zero-shot: which of these classes fits best?",
    description = {
      "",
      "Every class is filled into every template; the prompts of a class are averaged in embedding"
          + " space; the probability is the softmax of logit scale times cosine.",
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
      required = true,
      paramLabel = "FILE|\"a;b;c\"",
      description = "The classes: a file with one per line, or a list.")
  private String labels;

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

  @Mixin private CacheOptions cacheOptions;

  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    List<String> classes = ListOption.classes(labels);
    PromptTemplates prompts = promptTemplates();
    List<ImageItem> items = ImagePaths.list(images);
    Run run =
        common
            .begin()
            .with("model", model)
            .with("images", images)
            .with("labels", classes)
            .with("templates", prompts.templates().stream().map(PromptTemplate::text).toList())
            .with("ensemble", ensemble);
    if (out == null) {
      print(classify(run, classes, prompts, items));
      return 0;
    }
    try (OutputFolder folder = OutputFolder.open(out)) {
      folder.claim("classify", run.config());
      Classification classified = classify(run, classes, prompts, items);
      classified.write(folder.path());
      print(classified);
      common.console().remark("report: " + folder.file("index.html"));
    }
    return 0;
  }

  private PromptTemplates promptTemplates() {
    return PromptTemplates.shippedNames().contains(templates)
        ? PromptTemplates.shipped(templates)
        : PromptTemplates.load(Path.of(templates));
  }

  private Classification classify(
      Run run, List<String> classes, PromptTemplates prompts, List<ImageItem> items)
      throws IOException {
    try (DualEncoder encoder = common.load(model)) {
      Embedder embedder = new Embedder(encoder, common.compute(), cacheOptions.cache());
      ZeroShotClassifier classifier =
          ZeroShotClassifier.of(
              classes,
              classes.stream().map(prompts::prompts).toList(),
              ensemble,
              embedder,
              encoder.score(),
              Progress.NONE);
      EmbeddingRun embedded = embedder.images(items, common.progress());
      SkippedFile.refuseNothing(embedded.embeddings().size(), embedded.skipped());
      List<Prediction> predictions = classifier.classify(embedded.embeddings());
      RunReport report =
          run.report(
              List.of(encoder.identity()),
              Optional.empty(),
              Classification.figures(classes, predictions, embedded.skipped()));
      return new Classification(classes, predictions, embedded.skipped(), report);
    }
  }

  private void print(Classification classified) {
    SkippedFile.remark(classified.skipped(), common.console());
    common.console().result(classified.report(), ConsoleTable.render(classified.table(top)));
  }
}
