package dev.auscult.balance;

import dev.auscult.base.ContentHash;
import dev.auscult.base.Seed;
import dev.auscult.base.UsageException;
import dev.auscult.model.ModelIdentity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything an audit's numbers depend on besides model and data.
 *
 * @param task what is scored
 * @param preset the named set of choices that the rest came from
 * @param masking who plays and what replaces the absent
 * @param selection how questions are answered; without meaning for ISA
 * @param estimation how contributions are estimated, and what that may cost
 * @param level how similarity is reported
 * @param seed of orders, sample choice and bootstrap
 * @param samples how many samples are audited at most; empty for all
 * @param score which number is divided among the players
 */
public record BalanceConfig(
    AuditTask task,
    Preset preset,
    Masking masking,
    AnswerSelection selection,
    Estimation estimation,
    AlignmentLevel.Kind level,
    Seed seed,
    OptionalInt samples,
    AuditedScore score) {

  /** Checks the number of samples. */
  public BalanceConfig {
    if (samples.isPresent() && samples.getAsInt() < 1) {
      throw new UsageException(
          "--samples",
          String.valueOf(samples.getAsInt()),
          "at least 1",
          "leave it out to audit all");
    }
  }

  /** The preset {@code faithful}. */
  public static BalanceConfig faithful(AuditTask task, Seed seed) {
    return of(Preset.FAITHFUL, task, seed);
  }

  /** The choices of a preset, all samples. */
  public static BalanceConfig of(Preset preset, AuditTask task, Seed seed) {
    return new BalanceConfig(
        task,
        preset,
        preset.masking(),
        AnswerSelection.faithful(),
        new Estimation(preset.estimator(), PassBudget.standard()),
        AlignmentLevel.Kind.MIN_MAX,
        seed,
        OptionalInt.empty(),
        AuditedScore.LOGIT);
  }

  /** The same with other players or masks. */
  public BalanceConfig withMasking(Masking other) {
    return new BalanceConfig(
        task, preset, other, selection, estimation, level, seed, samples, score);
  }

  /** The same with another way to answer questions. */
  public BalanceConfig withSelection(AnswerSelection other) {
    return new BalanceConfig(task, preset, masking, other, estimation, level, seed, samples, score);
  }

  /** The same with another estimator. */
  public BalanceConfig withEstimator(Estimator other) {
    return withEstimation(new Estimation(other, estimation.budget()));
  }

  /** The same with another budget. */
  public BalanceConfig withBudget(PassBudget other) {
    return withEstimation(new Estimation(estimation.estimator(), other));
  }

  private BalanceConfig withEstimation(Estimation other) {
    return new BalanceConfig(task, preset, masking, selection, other, level, seed, samples, score);
  }

  /** The same with similarity reported otherwise. */
  public BalanceConfig withLevel(AlignmentLevel.Kind other) {
    return new BalanceConfig(
        task, preset, masking, selection, estimation, other, seed, samples, score);
  }

  /** The same with another number of samples. */
  public BalanceConfig withSamples(OptionalInt other) {
    return new BalanceConfig(
        task, preset, masking, selection, estimation, level, seed, other, score);
  }

  /** The same with another seed. */
  public BalanceConfig withSeed(Seed other) {
    return new BalanceConfig(
        task, preset, masking, selection, estimation, level, other, samples, score);
  }

  /** The same with another score. */
  public BalanceConfig withScore(AuditedScore other) {
    return new BalanceConfig(
        task, preset, masking, selection, estimation, level, seed, samples, other);
  }

  /** The choices that all presets of a run share, by name, as recorded with the result. */
  public Map<String, @Nullable Object> common() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("task", task.label());
    json.put("score", score.formula());
    json.put("balanced", "|delta| below 0.1 and below 0.2");
    json.put("seed", seed.value());
    json.put("samples", samples.isPresent() ? samples.getAsInt() : "all");
    return json;
  }

  /** The choices that a preset makes or that were made instead, by name; see {@link #common}. */
  public Map<String, @Nullable Object> choices() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("preset", preset.label());
    json.put("text_players", masking.textPlayers().label());
    json.put("text_mask", masking.textMask().label());
    json.put("image_players", masking.imagePlayers().label());
    json.put("image_mask", masking.imageMask().label());
    if (task.selects()) {
      json.putAll(selected());
    }
    PassBudget budget = estimation.budget();
    json.put("estimator", estimation.estimator().label());
    json.put("passes", budget.perSample().isPresent() ? budget.perSample().getAsLong() : "default");
    json.put("target_se", budget.targetSe().isPresent() ? budget.targetSe().getAsDouble() : "none");
    json.put("l_norm", level.label());
    return json;
  }

  private Map<String, @Nullable Object> selected() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    if (task == AuditTask.VQA) {
      json.put("text_template", QuestionText.TEMPLATE);
    } else if (task == AuditTask.CLASS) {
      json.put("text_template", selection.prompt().text());
    }
    json.put("candidates", selection.candidates().label());
    if (selection.candidates() instanceof AnswerSelection.Given given) {
      json.put("candidate_answers", given.answers());
    }
    json.put("target", selection.target().label());
    if (task == AuditTask.VQA) {
      json.put("answer_tokens", selection.answerTokens().label());
    }
    return json;
  }

  /** Identifies an audit: what was begun under it can be continued under it. */
  public ContentHash fingerprint(List<ModelIdentity> models, ContentHash data) {
    return fingerprint(List.of(this), models, data);
  }

  /** Identifies an audit of several presets; see {@link #fingerprint(List, ContentHash)}. */
  public static ContentHash fingerprint(
      List<BalanceConfig> presets, List<ModelIdentity> models, ContentHash data) {
    List<String> parts = new ArrayList<>();
    parts.add("modality-balance-2");
    for (BalanceConfig preset : presets) {
      parts.add(JsonMapper.shared().writeValueAsString(preset.common()));
      parts.add(JsonMapper.shared().writeValueAsString(preset.choices()));
    }
    parts.add(data.hex());
    for (ModelIdentity model : models) {
      parts.add(model.name());
      parts.add(model.weights().hex());
      parts.add(model.configuration().hex());
    }
    return ContentHash.of(parts.toArray(String[]::new));
  }
}
