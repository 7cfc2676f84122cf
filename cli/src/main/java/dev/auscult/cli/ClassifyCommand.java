package dev.auscult.cli;

import dev.auscult.cli.ClassifierOptions.Wording;
import dev.auscult.embed.EmbeddingRun;
import dev.auscult.embed.ImageItem;
import dev.auscult.model.DualEncoder;
import dev.auscult.report.ConsoleTable;
import dev.auscult.report.RunReport;
import dev.auscult.zeroshot.Prediction;
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
      names = "--top",
      defaultValue = "3",
      paramLabel = "K",
      description = "Classes shown per image (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(names = "--out", paramLabel = "DIR", description = "Folder for the results.")
  private @Nullable Path out;

  @Mixin private ClassifierOptions classifiers;

  @Mixin private MaskOption mask;

  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    Wording wording = classifiers.read();
    List<ImageItem> items = mask.apply(ImagePaths.list(images));
    Run run = common.begin().with("model", model).with("images", images);
    classifiers.describe(wording, run);
    mask.describe(run);
    if (out == null) {
      print(classify(run, wording, items));
      return 0;
    }
    try (OutputFolder folder = OutputFolder.open(out)) {
      folder.claim("classify", run.config());
      Classification classified = classify(run, wording, items);
      classified.write(folder.path());
      print(classified);
      common.console().remark("report: " + folder.file("index.html"));
    }
    return 0;
  }

  private Classification classify(Run run, Wording wording, List<ImageItem> items)
      throws IOException {
    try (DualEncoder encoder = common.load(model);
        ImageClassifier classifier = classifiers.classifier(wording, encoder, common)) {
      EmbeddingRun embedded = classifier.embed(items, common.progress());
      List<Prediction> predictions = classifier.classify(embedded.embeddings());
      RunReport report =
          run.report(
              List.of(classifier.identity()),
              Optional.empty(),
              Classification.figures(
                  classifier.decision(), wording.classes(), predictions, embedded.skipped()));
      return new Classification(
          classifier.decision(), wording.classes(), predictions, embedded.skipped(), report);
    }
  }

  private void print(Classification classified) {
    SkippedFile.remark(classified.skipped(), common.console());
    common.console().result(classified.report(), ConsoleTable.render(classified.table(top)));
  }
}
