package dev.auscult.cli;

import dev.auscult.adapt.SavedAdapter;
import dev.auscult.base.Progress;
import dev.auscult.base.UsageException;
import dev.auscult.cli.Classification.Decision;
import dev.auscult.data.LabelMode;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingCache;
import dev.auscult.model.DualEncoder;
import dev.auscult.text.PromptTemplate;
import dev.auscult.zeroshot.ClassDefinition;
import dev.auscult.zeroshot.Ensemble;
import dev.auscult.zeroshot.PromptSet;
import dev.auscult.zeroshot.ZeroShotClassifier;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which classes a model shall tell apart, how they are worded, and with which adapter. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ClassifierOptions {
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

  @Mixin private PromptOptions promptOptions;

  @Mixin private AdapterOption adapter;

  @Mixin private CacheOptions cache;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** What the options say, read once. */
  record Wording(List<String> classes, Optional<PromptSet> prompts, Optional<SavedAdapter> saved) {
    /** Copies the list. */
    Wording {
      classes = List.copyOf(classes);
    }

    /** The number of the class that a data set's label means; empty if it means none. */
    OptionalInt classOf(String label) {
      return prompts
          .map(set -> set.classOf(label))
          .orElseGet(
              () ->
                  IntStream.range(0, classes.size())
                      .filter(c -> classes.get(c).equalsIgnoreCase(label.strip()))
                      .findFirst());
    }

    private Decision decision() {
      return prompts
              .map(PromptSet::definition)
              .filter(ClassDefinition::decidesEachAlone)
              .isPresent()
          ? Decision.EACH_ALONE
          : Decision.AMONG_CLASSES;
    }
  }

  /** Whether one of them was given. */
  boolean areGiven() {
    return adapter.isGiven() || wordedBy().isPresent();
  }

  private Optional<String> wordedBy() {
    return List.of("--labels", "--templates", "--ensemble", "--prompts", "--definition").stream()
        .filter(command.commandLine().getParseResult()::hasMatchedOption)
        .findFirst();
  }

  /**
   * Reads the files that were named.
   *
   * @throws ParameterException if nothing says which classes
   */
  Wording read() {
    Optional<SavedAdapter> saved = adapter.read();
    Optional<PromptSet> prompts = prompts();
    return new Wording(
        prompts.map(PromptSet::classNames).orElseGet(() -> classes(saved)), prompts, saved);
  }

  private Optional<PromptSet> prompts() {
    Optional<PromptSet> set = promptOptions.read();
    for (String option : List.of("--labels", "--templates", "--ensemble")) {
      if (set.isPresent() && command.commandLine().getParseResult().hasMatchedOption(option)) {
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
                    command.commandLine(), "Missing required option: '--labels=FILE|\"a;b;c\"'"));
  }

  /** Adds what was chosen to what identifies a run. */
  void describe(Wording wording, Run run) throws IOException {
    run.with("labels", wording.classes());
    adapter.describe(run);
    wording.prompts().ifPresent(set -> PromptOptions.describe(set, run));
    if (labels != null) {
      run.with(
              "templates",
              TemplateOption.read(templates).templates().stream()
                  .map(PromptTemplate::text)
                  .toList())
          .with("ensemble", ensemble);
    }
  }

  /** Whether an adapter was given. */
  boolean isAdapted() {
    return adapter.isGiven();
  }

  /** Where embeddings are kept. */
  EmbeddingCache cache() {
    return cache.cache();
  }

  /**
   * A classifier of a loaded model, with the adapter if one was given.
   *
   * @throws dev.auscult.base.InputException if the adapter belongs to another model
   */
  ImageClassifier classifier(Wording wording, DualEncoder encoder, CommonOptions common)
      throws IOException {
    if (wording.saved().isEmpty() || labels != null || wording.prompts().isPresent()) {
      return zeroShot(wording, adapter.adapt(encoder), encoder, common);
    }
    SavedAdapter saved = wording.saved().get();
    saved.requireModel(encoder.identity());
    DualEncoder seen = adapter.encoder(encoder, saved);
    Embedder embedder = new Embedder(seen, common.compute(), cache());
    AdapterClassifier head = AdapterClassifier.of(saved, encoder.logitScale(), embedder);
    return new ImageClassifier(seen, wording.classes(), decision(saved), embedder, head::classify);
  }

  private static Decision decision(SavedAdapter saved) {
    return saved.description().mode() == LabelMode.MULTIPLE
        ? Decision.EACH_ALONE
        : Decision.AMONG_CLASSES;
  }

  /** A classifier of a loaded model as it is. */
  ImageClassifier unadapted(Wording wording, DualEncoder encoder, CommonOptions common) {
    return zeroShot(wording, encoder, encoder, common);
  }

  private ImageClassifier zeroShot(
      Wording wording, DualEncoder adapted, DualEncoder encoder, CommonOptions common) {
    Embedder embedder = new Embedder(adapted, common.compute(), cache());
    ZeroShotClassifier classifier =
        wording
            .prompts()
            .map(set -> ZeroShotClassifier.of(set, embedder, encoder.score(), common.progress()))
            .orElseGet(
                () ->
                    ZeroShotClassifier.of(
                        wording.classes(),
                        wording.classes().stream()
                            .map(TemplateOption.read(templates)::prompts)
                            .toList(),
                        ensemble,
                        embedder,
                        encoder.score(),
                        Progress.NONE));
    return new ImageClassifier(
        adapted, wording.classes(), wording.decision(), embedder, classifier::classify);
  }
}
