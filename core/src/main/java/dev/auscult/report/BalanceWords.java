package dev.auscult.report;

import dev.auscult.balance.AuditTask;
import dev.auscult.metric.Estimate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the report of a modality-balance audit says in words. */
final class BalanceWords {
  private static final int TOLD_ONE_BY_ONE = 4;
  private static final char NO_BREAK = '\u00a0';

  private BalanceWords() {}

  /** The outcome in a sentence; each of a few models has a line of its own. */
  static String finding(List<AuditedModel> models) {
    List<AuditedModel> defined =
        models.stream().filter(m -> Double.isFinite(m.balance().tscore().value())).toList();
    if (defined.isEmpty()) {
      return "No sample has a defined balance: every contribution is 0.";
    }
    if (defined.size() > TOLD_ONE_BY_ONE) {
      return extremes(defined);
    }
    String each =
        defined.stream()
            .map(m -> "%s %s (%s)".formatted(m.name(), lean(delta(m)), interval(delta(m))))
            .collect(Collectors.joining(";\n", "", "."));
    if (models.size() > 1) {
      return each;
    }
    return "%s Of %d samples %s are balanced (|delta| < 0.1)."
        .formatted(
            each,
            defined.get(0).balance().n(),
            Figures.percent(defined.get(0).balance().balanced01().value()));
  }

  private static String extremes(List<AuditedModel> models) {
    Comparator<AuditedModel> byDelta = Comparator.comparing(m -> delta(m).value());
    AuditedModel lowest = models.stream().min(byDelta).orElseThrow();
    AuditedModel highest = models.stream().max(byDelta).orElseThrow();
    return "Of %d models %s has the lowest delta (%s) and %s the highest (%s)."
        .formatted(
            models.size(),
            lowest.name(),
            interval(delta(lowest)),
            highest.name(),
            interval(delta(highest)));
  }

  private static Estimate delta(AuditedModel model) {
    return model.balance().delta();
  }

  private static String interval(Estimate delta) {
    return ("delta " + ChartStyle.minus(Figures.interval(delta))).replace(' ', NO_BREAK);
  }

  private static String lean(Estimate delta) {
    if (delta.hi() < 0) {
      return "leans on the image";
    }
    return delta.lo() > 0 ? "leans on the text" : "leans on neither side";
  }

  /**
   * What was scored.
   *
   * @param score the score in a formula, as {@code config} names it; null for the usual one
   */
  static String task(AuditTask task, @Nullable Object score) {
    return score == null || score.equals("logit scale * cosine")
        ? task(task)
        : task(task).replace("logit scale times cosine", score.toString());
  }

  private static String task(AuditTask task) {
    return switch (task) {
      case ISA ->
          "Image-sentence alignment: the score is logit scale times cosine of an image and its own"
              + " text.";
      case FOIL ->
          "Image-sentence alignment with foils: the score is logit scale times cosine of an image"
              + " and its own text, and of the image and its foil, a text that is wrong in a detail;"
              + " both are audited, and the pairwise accuracy is the share of images whose text"
              + " scores above the foil. All other figures are those of the texts.";
      case VQA ->
          "Visual question answering: the score is logit scale times cosine of an image and a"
              + " question with a candidate answer; the model answers with the candidate of the"
              + " highest score.";
      case CLASS ->
          "Zero-shot classification: the score is logit scale times cosine of an image and the"
              + " prompt of a class; the model decides for the class of the highest score.";
      case RETRIEVAL ->
          "Retrieval: the score is logit scale times cosine of an image and a text; the model ranks"
              + " the image's own text among those of the other images, and is right where it comes"
              + " first (recall@1).";
    };
  }

  /** How to read the figures. */
  static List<String> guide() {
    return List.of(
        "Every text token and every image patch is a player of a cooperative game; the score of the"
            + " model with some players masked is the game's value. A player's contribution is its"
            + " Shapley value: what it adds on average over all orders in which players can join."
            + " Contributions add up to the score of the whole sample minus the score with"
            + " everything masked.",
        "TScore is the text's part of the sum of absolute contributions, IScore the image's; they"
            + " add up to 1. Delta is their difference: −1 only the image, 0 both alike, +1 only the"
            + " text. None of them says whether the answer is right.",
        "The interval of a mean covers the sampling of patients; the SE of one sample covers the"
            + " sampling of orders, which a larger budget of encoder passes narrows.",
        "Where the standard errors exceed the contributions, the heat map is marked"
            + " noise-dominated: TScore may still be usable, single patches are not.",
        "The game of two players has no sampling: it gives the whole text and the whole image one"
            + " value each, and their synergy, what both give together beyond what each gives"
            + " alone.",
        "TScore depends on the number of tokens and patches and on what replaces a masked player;"
            + " compare models only where these agree (see Configuration).");
  }

  /** What the figures cannot carry. */
  static List<String> limits() {
    return List.of(
        "Research use only; not a medical device. Nothing here supports a decision about a"
            + " patient.",
        "A contribution describes the model, not the disease: a red patch raises the score, it"
            + " does not prove a finding, and a balanced model can be wrong.",
        "Masked images are unlike the images a model was trained on; contributions depend on the"
            + " choice of mask.",
        "Outside the domain a model was trained on its figures say how it reacts, not how well it"
            + " understands. The phantom models understand phantoms only.");
  }

  /** How to read a sample's panel. */
  static String panels() {
    return "Red patches and tokens with a solid line raise the score, blue ones with a dashed line"
        + " lower it; each map and each text has a scale of its own. Point at a patch or a token"
        + " for its value and for what it contributes together with tokens or patches.";
  }

  /** What the paired differences are. */
  static String comparisons() {
    return "Each row compares two models on the samples that both have a figure for; a positive"
        + " difference means that the first model's is higher. The interval resamples patients; p"
        + " is that of a randomisation test that exchanges the two models within whole patients,"
        + " corrected for all pairs of the same figure (Holm). A delta of 0.1 is 5 percentage"
        + " points of TScore.";
  }

  /** What the published rows are. */
  static String published() {
    return "Published for the models and data named in the table (Góngora-Ramos, Pancardo García"
        + " and Ramon-Pedrero, Medición del balance multimodal en modelos CLIP médicos usando"
        + " MM-SHAP). They were not measured here, on other data and with other choices of mask and"
        + " budget, and nothing was tuned to them; their l_norm is not defined there.";
  }
}
