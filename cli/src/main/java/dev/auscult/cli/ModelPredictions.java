package dev.auscult.cli;

import dev.auscult.base.InputException;
import dev.auscult.base.UsageException;
import dev.auscult.cli.ClassifierOptions.Wording;
import dev.auscult.data.Dataset;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.Datasets;
import dev.auscult.data.Sample;
import dev.auscult.embed.EmbeddingRun;
import dev.auscult.embed.ImageItem;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.ModelIdentity;
import dev.auscult.report.Provenance;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Predictions that a model makes of a labelled data set, in the files that evaluation reads. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ModelPredictions {
  /** Which samples of a data set with splits are evaluated. */
  enum Splits {
    /** Those of its test split; thresholds come from its validation split. */
    OWN,
    /** All of them. */
    ALL
  }

  private static final List<String> VALIDATION = List.of("validation", "val", "valid", "dev");
  private static final String PREDICTIONS = "predictions.csv";
  private static final String OTHER_PREDICTIONS = "predictions-compared.csv";

  @Option(
      names = "--model",
      paramLabel = "M",
      description = "A model that predicts --data, instead of a file of predictions.")
  private @Nullable String model;

  @Option(
      names = "--compare-model",
      paramLabel = "M2",
      description =
          "Another model that predicts the same data in the same words, without the adapter: it is"
              + " compared with the first; the same model again shows what the adapter does.")
  private @Nullable String other;

  @Option(
      names = "--data",
      paramLabel = "D",
      description =
          "Labelled images: NAME:FOLDER, phantom[:OPTIONS], or a manifest (.csv, .jsonl).")
  private @Nullable String data;

  @Option(
      names = "--validation",
      paramLabel = "D2",
      description =
          "Other labelled images that thresholds and temperature are chosen on; --data is then"
              + " evaluated whole.")
  private @Nullable String validation;

  @Option(
      names = "--split",
      defaultValue = "own",
      paramLabel = "own|all",
      description =
          "Whether the data's own splits count, so that test is evaluated, validation chooses"
              + " thresholds and train is left out; all evaluates every sample (default:"
              + " ${DEFAULT-VALUE}).")
  private Splits splits = Splits.OWN;

  @Option(
      names = "--by",
      paramLabel = "ATTRIBUTE",
      description =
          "An attribute of the samples that forms groups; repeat for several (default: age, and all"
              + " with few values).")
  private List<String> groups = new ArrayList<>();

  @Mixin private ClassifierOptions classifiers;

  private @Nullable Wording wording;
  private final List<ModelIdentity> identities = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private @Nullable Dataset dataset;

  /** Whether a model shall predict. */
  boolean isGiven() {
    return model != null;
  }

  /** Whether two models shall. */
  boolean isPair() {
    return other != null;
  }

  /**
   * Refuses what only makes sense with a model.
   *
   * @throws UsageException naming the option
   */
  void refuseAlone() {
    String found =
        data != null
            ? "--data"
            : other != null
                ? "--compare-model"
                : validation != null ? "--validation" : classifiers.areGiven() ? "--labels" : "";
    if (!found.isEmpty()) {
      throw new UsageException(
          found, "no --model", "a model that predicts", "name it, or leave out " + found);
    }
  }

  /** Adds the choices to what identifies a run, and reads what they name. */
  void describe(Run run) throws IOException {
    if (data == null) {
      throw new UsageException("--model", "no --data", "labelled images", "name them with --data");
    }
    wording = classifiers.read();
    run.with("model", model).with("data", data).with("split", splits);
    if (other != null) {
      run.with("compare_model", other);
    }
    if (validation != null) {
      run.with("validation", validation);
    }
    if (!groups.isEmpty()) {
      run.with("by", groups);
    }
    classifiers.describe(wording(), run);
  }

  private Wording wording() {
    if (wording == null) {
      throw new IllegalStateException("describe comes first");
    }
    return wording;
  }

  /**
   * Predicts into {@code folder}: one file, or two of the same samples.
   *
   * @throws InputException if a model cannot be loaded, or no sample is labelled with the classes
   */
  List<Path> write(Path folder, CommonOptions common) throws IOException {
    List<Path> files = new ArrayList<>(List.of(folder.resolve(PREDICTIONS)));
    try (DualEncoder encoder = common.load(String.valueOf(model));
        ImageClassifier classifier = classifiers.classifier(wording(), encoder, common)) {
      predict(classifier, files.get(0), common);
    }
    if (other != null) {
      files.add(folder.resolve(OTHER_PREDICTIONS));
      try (DualEncoder encoder = common.load(other);
          ImageClassifier classifier = classifiers.unadapted(wording(), encoder, common)) {
        predict(classifier, files.get(1), common);
      }
    }
    SkippedFile.writeInto(folder, skipped);
    SkippedFile.remark(skipped, common.console());
    return files;
  }

  private void predict(ImageClassifier classifier, Path file, CommonOptions common)
      throws IOException {
    identities.add(classifier.identity());
    LabelledPredictions predictions =
        new LabelledPredictions(classifier.classes(), classifier.decision(), wording()::classOf);
    addSamples(predictions);
    EmbeddingRun embedded =
        classifier.embed(
            predictions.samples().stream().map(ImageItem::of).toList(), common.progress());
    skipped.clear();
    skipped.addAll(dataset().skipped());
    skipped.addAll(predictions.skipped());
    skipped.addAll(embedded.skipped());
    predictions.write(
        file, classifier.classify(embedded.embeddings()), predictions.attributes(groups));
  }

  private Dataset dataset() {
    if (dataset == null) {
      dataset = Datasets.open(String.valueOf(data));
    }
    return dataset;
  }

  private void addSamples(LabelledPredictions predictions) {
    List<Sample> samples = dataset().samples();
    boolean published = samples.stream().allMatch(sample -> sample.split().isPresent());
    if (validation == null && splits == Splits.OWN && published) {
      predictions.add(ofSplit(samples, List.of("test")), "test");
      predictions.requireSome("the test split of " + data);
      predictions.add(ofSplit(samples, VALIDATION), "val");
      return;
    }
    predictions.add(samples, "test");
    predictions.requireSome(String.valueOf(data));
    if (validation != null) {
      predictions.add(Datasets.open(validation).samples(), "val");
    }
  }

  private static List<Sample> ofSplit(List<Sample> samples, List<String> names) {
    return samples.stream()
        .filter(sample -> sample.split().filter(names::contains).isPresent())
        .toList();
  }

  /** The models that predicted. */
  List<ModelIdentity> identities() {
    return List.copyOf(identities);
  }

  /** What tells them apart: the first may have the adapter, the second never has. */
  List<String> names() {
    List<String> names = new ArrayList<>(identities.stream().map(ModelIdentity::name).toList());
    if (!names.isEmpty() && classifiers.isAdapted()) {
      names.set(0, names.get(0) + " with the adapter");
    }
    return names;
  }

  /** What they predicted. */
  Optional<Provenance.Data> data() {
    return Optional.of(Provenance.Data.of(dataset()));
  }
}
