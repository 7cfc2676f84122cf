package dev.auscult.balance;

import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import dev.auscult.model.ModelIdentity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
 * @param budget encoder passes per sample
 * @param level how similarity is reported
 * @param seed of orders, sample choice and bootstrap
 * @param samples how many samples are audited at most; empty for all
 */
public record BalanceConfig(
    AuditTask task,
    Preset preset,
    Masking masking,
    AnswerSelection selection,
    PassBudget budget,
    AlignmentLevel.Kind level,
    Seed seed,
    OptionalInt samples) {

  /** Checks the number of samples. */
  public BalanceConfig {
    if (samples.isPresent() && samples.getAsInt() < 1) {
      throw new InputException(
          "--samples",
          String.valueOf(samples.getAsInt()),
          "at least 1",
          "leave it out to audit all");
    }
  }

  /** The preset {@code faithful}. */
  public static BalanceConfig faithful(AuditTask task, Seed seed) {
    return new BalanceConfig(
        task,
        Preset.FAITHFUL,
        Masking.faithful(),
        AnswerSelection.faithful(),
        PassBudget.standard(),
        AlignmentLevel.Kind.MIN_MAX,
        seed,
        OptionalInt.empty());
  }

  /**
   * The choices of a preset.
   *
   * @throws InputException if the preset is not available
   */
  public static BalanceConfig of(Preset preset, AuditTask task, Seed seed) {
    if (preset != Preset.FAITHFUL) {
      throw new InputException(
          "--preset",
          "\"" + preset.label() + "\", which this version does not run",
          "\"" + Preset.FAITHFUL.label() + "\"",
          "leave --preset out");
    }
    return faithful(task, seed);
  }

  /** The same with another budget. */
  public BalanceConfig withBudget(PassBudget other) {
    return new BalanceConfig(task, preset, masking, selection, other, level, seed, samples);
  }

  /** The same with another number of samples. */
  public BalanceConfig withSamples(OptionalInt other) {
    return new BalanceConfig(task, preset, masking, selection, budget, level, seed, other);
  }

  /** The same with another way to answer questions. */
  public BalanceConfig withSelection(AnswerSelection other) {
    return new BalanceConfig(task, preset, masking, other, budget, level, seed, samples);
  }

  /** Every choice by name, as recorded with the result. */
  public Map<String, @Nullable Object> toJson() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("task", name(task));
    json.put("preset", preset.label());
    json.put("text_players", masking.textPlayers().label());
    json.put("text_mask", masking.textMask().label());
    json.put("image_players", masking.imagePlayers().label());
    json.put("image_mask", masking.imageMask().label());
    json.put("score", "logit scale * cosine");
    if (task == AuditTask.VQA) {
      json.put("text_template", QuestionText.TEMPLATE);
      json.put("candidates", selection.candidates().label());
      if (selection.candidates() instanceof AnswerSelection.Given given) {
        json.put("candidate_answers", given.answers());
      }
      json.put("target", name(selection.target()));
      json.put("answer_tokens", name(selection.answerTokens()));
    }
    json.put("estimator", "factorised Shapley values, Latin antithetic orders");
    json.put("passes", budget.perSample().isPresent() ? budget.perSample().getAsLong() : "default");
    json.put("l_norm", level.label());
    json.put("balanced", "|delta| below 0.1 and below 0.2");
    json.put("seed", seed.value());
    json.put("samples", samples.isPresent() ? samples.getAsInt() : "all");
    return json;
  }

  /** Identifies an audit: what was begun under it can be continued under it. */
  public ContentHash fingerprint(List<ModelIdentity> models, ContentHash data) {
    List<String> parts = new ArrayList<>();
    parts.add("modality-balance-1");
    parts.add(JsonMapper.shared().writeValueAsString(toJson()));
    parts.add(data.hex());
    for (ModelIdentity model : models) {
      parts.add(model.name());
      parts.add(model.weights().hex());
      parts.add(model.configuration().hex());
    }
    return ContentHash.of(parts.toArray(String[]::new));
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
