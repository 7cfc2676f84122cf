package dev.auscult.cli;

import dev.auscult.balance.AlignmentLevel;
import dev.auscult.balance.AnswerSelection;
import dev.auscult.balance.AnswerSelection.AnswerTokens;
import dev.auscult.balance.AnswerSelection.Candidates;
import dev.auscult.balance.AnswerSelection.Target;
import dev.auscult.balance.AuditTask;
import dev.auscult.balance.AuditedScore;
import dev.auscult.balance.BalanceConfig;
import dev.auscult.balance.Estimator;
import dev.auscult.balance.ImagePlayers;
import dev.auscult.balance.Labelled;
import dev.auscult.balance.Masking;
import dev.auscult.balance.Masking.ImageMask;
import dev.auscult.balance.Masking.TextMask;
import dev.auscult.balance.Masking.TextPlayers;
import dev.auscult.balance.PassBudget;
import dev.auscult.balance.Preset;
import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import dev.auscult.base.UsageException;
import dev.auscult.text.PromptTemplate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The choices of an audit: presets, and single choices made otherwise than the presets make them.
 */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BalanceOptions {
  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Audit N samples, chosen by the seed (default: all).")
  private @Nullable Integer samples;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      defaultValue = "faithful",
      description =
          "Choices the published method leaves open: faithful, mm-shap-2023 or paper-2026; may be"
              + " given several times (default: ${DEFAULT-VALUE}).")
  private List<String> presets;

  @Option(
      names = "--passes",
      paramLabel = "P",
      description = "Encoder passes per sample at most (default: 8 orders of the patches).")
  private @Nullable Long passes;

  @Option(
      names = "--target-se",
      paramLabel = "X",
      description =
          "Spend passes until each sample's delta has this standard error, or --passes are spent"
              + " (then 20000 by default).")
  private @Nullable Double targetSe;

  @Option(
      names = "--estimator",
      paramLabel = "NAME",
      description =
          "factorised-latin, factorised, owen, exact, permutation[:N], kernel[:N] or"
              + " partition[:N] (default: the preset's).")
  private @Nullable String estimator;

  @Option(
      names = "--score",
      paramLabel = "SCORE",
      defaultValue = "logit",
      description =
          "What is divided among the players: logit (scale x cosine), cosine, sigmoid (the"
              + " probability of SigLIP and its like) or softmax (the probability among the"
              + " candidates; vqa, class, retrieval) (default: ${DEFAULT-VALUE}).")
  private String score;

  @Option(
      names = "--image-players",
      paramLabel = "CELLS",
      description = "native-grid, sqrt, sqrt-2023, or e.g. 7x7 (default: the preset's).")
  private @Nullable String imagePlayers;

  @Option(
      names = "--image-mask",
      paramLabel = "MASK",
      description = "zeros, mean, blur or drop (default: the preset's).")
  private @Nullable String imageMask;

  @Option(
      names = "--text-players",
      paramLabel = "TOKENS",
      description = "real-tokens or all-ids (default: the preset's).")
  private @Nullable String textPlayers;

  @Option(
      names = "--text-mask",
      paramLabel = "MASK",
      description = "tokenizer-mask, id-zero, padding or drop (default: the preset's).")
  private @Nullable String textMask;

  @Option(
      names = "--candidates",
      paramLabel = "RULE",
      defaultValue = "per-category",
      description =
          "Candidate answers (vqa): per-category, global, a file with one per line, or a list"
              + " \"a;b\" (default: ${DEFAULT-VALUE}). For retrieval a file of texts replaces those"
              + " of the data's split.")
  private String candidates;

  @Option(
      names = "--labels",
      paramLabel = "FILE|\"a;b;c\"",
      description = "The classes (class): a file, or a list (default: the labels of the data).")
  private @Nullable String labels;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      description = "The text of a class (class), {} for its name (default: the name alone).")
  private @Nullable String prompt;

  @Option(
      names = "--target",
      paramLabel = "ANSWER",
      defaultValue = "correct",
      description =
          "Whose score is divided (vqa, class, retrieval): correct or predicted (default:"
              + " ${DEFAULT-VALUE}).")
  private String target;

  @Option(
      names = "--answer-tokens",
      paramLabel = "ROLE",
      defaultValue = "always-present",
      description =
          "The answer's tokens (vqa): always-present or players (default: ${DEFAULT-VALUE}).")
  private String answerTokens;

  @Option(
      names = "--l-norm",
      paramLabel = "KIND",
      defaultValue = "min-max",
      description =
          "How similarity is reported: min-max, halved-cosine, cosine or sigmoid (default:"
              + " ${DEFAULT-VALUE}).")
  private String level;

  /**
   * The configurations, one per preset.
   *
   * @throws InputException naming the option at fault
   */
  List<BalanceConfig> configs(AuditTask task, long seed) {
    List<BalanceConfig> configs = new ArrayList<>();
    Set<Preset> seen = new HashSet<>();
    for (String name : presets) {
      Preset preset = Preset.named(name);
      if (!seen.add(preset)) {
        throw new UsageException(
            "--preset " + name, "the same preset twice", "each preset once", "leave one out");
      }
      configs.add(config(BalanceConfig.of(preset, task, new Seed(seed))));
    }
    return configs;
  }

  private BalanceConfig config(BalanceConfig preset) {
    BalanceConfig config =
        preset
            .withMasking(masking(preset.masking()))
            .withSelection(selection(preset.task()))
            .withLevel(Labelled.named(AlignmentLevel.Kind.class, "--l-norm", level))
            .withBudget(budget())
            .withScore(Labelled.named(AuditedScore.class, "--score", score))
            .withSamples(samples == null ? OptionalInt.empty() : OptionalInt.of(samples));
    return estimator == null ? config : config.withEstimator(Estimator.named(estimator));
  }

  private Masking masking(Masking preset) {
    Masking masking = preset;
    if (textPlayers != null) {
      masking = masking.with(Labelled.named(TextPlayers.class, "--text-players", textPlayers));
    }
    if (textMask != null) {
      masking = masking.with(Labelled.named(TextMask.class, "--text-mask", textMask));
    }
    if (imagePlayers != null) {
      masking = masking.with(ImagePlayers.named(imagePlayers));
    }
    if (imageMask != null) {
      masking = masking.with(Labelled.named(ImageMask.class, "--image-mask", imageMask));
    }
    return masking;
  }

  private AnswerSelection selection(AuditTask task) {
    refuseElsewhere(task, "--labels", labels);
    refuseElsewhere(task, "--prompt", prompt);
    return new AnswerSelection(
        labels == null ? candidates() : new AnswerSelection.Given(ListOption.classes(labels)),
        Labelled.named(Target.class, "--target", target),
        Labelled.named(AnswerTokens.class, "--answer-tokens", answerTokens),
        prompt());
  }

  private static void refuseElsewhere(AuditTask task, String option, @Nullable String value) {
    if (value != null && task != AuditTask.CLASS) {
      throw new UsageException(
          option, "--task " + task.label(), "--task class", "leave out " + option);
    }
  }

  private PromptTemplate prompt() {
    String text = prompt == null ? PromptTemplate.GAP : prompt;
    try {
      return new PromptTemplate(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--prompt",
          String.valueOf(e.getMessage()),
          "a text with {} for the class",
          "write e.g. --prompt \"a chest radiograph showing {}\"",
          e);
    }
  }

  private Candidates candidates() {
    return switch (candidates) {
      case "per-category" -> new AnswerSelection.PerCategory();
      case "global" -> new AnswerSelection.Global();
      default -> new AnswerSelection.Given(ListOption.answers(candidates));
    };
  }

  private PassBudget budget() {
    return new PassBudget(
        passes == null ? OptionalLong.empty() : OptionalLong.of(passes),
        targetSe == null ? OptionalDouble.empty() : OptionalDouble.of(targetSe));
  }
}
