package dev.auscult.balance;

import dev.auscult.balance.AuditQueue.Group;
import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.base.UsageException;
import dev.auscult.data.Dataset;
import dev.auscult.data.Sample;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.ModelIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Examines the explanations that an audit of one model under one configuration has given: whether
 * the score falls when the players they name are deleted, whether they predict the score of masked
 * inputs, whether another seed gives the same, and whether they change with image, text and
 * weights.
 *
 * <p>What is found of a sample depends on the samples whose passes are encoded with its own; these
 * follow from data and configuration, not from earlier interruptions.
 */
public final class QualityAudit {
  private final DualEncoder encoder;
  private final BalanceConfig config;
  private final QualityConfig quality;
  private final AuditQueue queue;
  private final AuditSetting setting;
  private final List<AuditSetting> repeats = new ArrayList<>();

  /**
   * Makes ready.
   *
   * @param config as the audit had it
   * @throws dev.auscult.base.InputException if the configuration does not fit model and data
   */
  public QualityAudit(
      DualEncoder encoder, BalanceConfig config, Dataset dataset, QualityConfig quality) {
    this.encoder = encoder;
    this.config = config;
    this.quality = quality;
    if (quality.shuffles() && encoder.layers().isEmpty()) {
      throw new InputException(
          "--shuffle-layers " + quality.shuffled(),
          encoder.identity().name() + ", whose layers are not known",
          "a model of one of the layouts that 'auscult models list' names",
          "leave --shuffle-layers out");
    }
    if (config.score() != AuditedScore.LOGIT) {
      throw new UsageException(
          "--quality",
          "--score " + config.score().label(),
          "--score logit, whose explanations can be examined",
          "leave out --quality or --score");
    }
    ScoredTexts texts = ScoredTexts.of(encoder, config, dataset);
    this.queue = AuditQueue.of(dataset, config, texts);
    this.setting = setting(encoder, config, texts);
    IntStream.range(1, quality.repeats())
        .mapToObj(r -> config.withSeed(config.seed().derive("repeat").derive(r)))
        .forEach(other -> repeats.add(setting(encoder, other, texts)));
  }

  private AuditSetting setting(DualEncoder encoder, BalanceConfig config, ScoredTexts texts) {
    AuditSetting setting = new AuditSetting(encoder, config, texts);
    setting.fit(queue.samples());
    return setting;
  }

  /** Identifies an examination: what was begun under it can be continued under it. */
  public static ContentHash fingerprint(
      List<BalanceConfig> presets,
      List<ModelIdentity> models,
      ContentHash data,
      QualityConfig quality) {
    return ContentHash.of(
        "explanation-quality-1",
        BalanceConfig.fingerprint(presets, models, data).hex(),
        JsonMapper.shared().writeValueAsString(quality.choices()));
  }

  private Examination examination() {
    return new Examination(encoder, setting, repeats, queue.groups());
  }

  private LayerCascade cascade() {
    return LayerCascade.first(quality.shuffled(), queue, encoder, repeats.get(0));
  }

  /** How many encoder passes the examination takes at most, unless a standard error is aimed at. */
  public long passes() {
    return examination().passes() + cascade().passes();
  }

  /**
   * Examines every sample that the rows do not know yet.
   *
   * @param explanations the audit's balance of a sample, by id; samples without one are left out
   * @throws dev.auscult.base.InterruptedRunException if the user stops it; the rows then have what
   *     is finished
   */
  public void run(
      QualityRows rows, Function<String, Optional<SampleBalance>> explanations, Progress progress) {
    examination().run(rows.examined(), explanations, progress);
    rows.shuffled().ifPresent(shuffled -> cascade().run(shuffled, explanations, progress));
  }

  /**
   * Summarises the finished rows of this model and configuration.
   *
   * @param folder where the rows are
   */
  public ExplanationQuality summary(Path folder) throws IOException {
    QualitySummary summary = new QualitySummary(quality.repeats(), config.seed());
    Map<String, String> clusters = clusters();
    String model = encoder.identity().name();
    String preset = config.preset().label();
    RowTable.forEach(
        folder,
        QualityLine.FORMAT,
        row -> {
          String cluster = clusters.get(row.quality().id());
          if (cluster != null && row.model().equals(model) && row.preset().equals(preset)) {
            summary.take(row.quality(), cluster);
          }
        });
    if (quality.shuffles()) {
      RowTable.forEach(
          folder,
          ShuffledLine.FORMAT,
          row -> {
            String cluster = clusters.get(row.id());
            if (cluster != null && row.model().equals(model) && row.preset().equals(preset)) {
              summary.take(row, cluster);
            }
          });
    }
    return summary.quality();
  }

  /** Whom each sample belongs to, as in {@link AuditedSample}. */
  private Map<String, String> clusters() {
    Map<String, String> clusters = new HashMap<>();
    for (Group group : queue.groups()) {
      for (Sample sample : group.samples()) {
        clusters.put(sample.id(), sample.patient().orElse("image " + group.image().hex()));
      }
    }
    return clusters;
  }
}
