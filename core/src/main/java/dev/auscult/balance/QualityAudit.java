package dev.auscult.balance;

import dev.auscult.balance.AuditQueue.Group;
import dev.auscult.base.ContentHash;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
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
 * inputs, whether another seed gives the same, and whether they change with image and text.
 *
 * <p>Samples are examined in portions of at least two images, so that each has another image and
 * text to be swapped with. What is found of a sample depends on the samples of its portion, which
 * follow from data and configuration: not on earlier interruptions.
 */
public final class QualityAudit {
  /** Enough passes for full batches; see {@link AuditPortion}. */
  private static final long PASSES = 1024;

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

  /** How many encoder passes the examination takes at most, unless a standard error is aimed at. */
  public long passes() {
    return queue.samples().stream().mapToLong(this::passes).sum();
  }

  private long passes(Sample sample) {
    MaskableText text = setting.maskable(setting.texts().reference(sample));
    int steps = QualityConfig.STEPS - 1;
    long deletion =
        2L * Math.min(steps, setting.cells(text).count()) + 2L * Math.min(steps, text.players());
    return deletion
        + 2L * QualityConfig.FRESH
        + repeats.stream().mapToLong(repeat -> repeat.planned(sample)).sum();
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
    String name = "examining " + encoder.identity().name();
    try (Progress.Task task = progress.begin(name, queue.size())) {
      for (List<Group> portion : portions()) {
        run(portion, rows, explanations, task);
        task.advance(portion.stream().mapToLong(group -> group.samples().size()).sum());
      }
    }
  }

  /** Consecutive images, at least two together unless there is only one. */
  private List<List<Group>> portions() {
    List<List<Group>> portions = new ArrayList<>();
    List<Group> open = new ArrayList<>();
    long passes = 0;
    for (Group group : queue.groups()) {
      open.add(group);
      passes += group.samples().stream().mapToLong(this::passes).sum();
      if (passes >= PASSES && open.size() > 1) {
        portions.add(open);
        open = new ArrayList<>();
        passes = 0;
      }
    }
    if (open.size() == 1 && !portions.isEmpty()) {
      portions.get(portions.size() - 1).addAll(open);
    } else if (!open.isEmpty()) {
      portions.add(open);
    }
    return portions;
  }

  private void run(
      List<Group> groups,
      QualityRows rows,
      Function<String, Optional<SampleBalance>> explanations,
      Progress.Task task) {
    String model = encoder.identity().name();
    boolean finished =
        groups.stream()
            .flatMap(group -> group.samples().stream())
            .filter(sample -> explanations.apply(sample.id()).isPresent())
            .allMatch(sample -> rows.has(model, config.preset(), sample.id()));
    if (finished) {
      return;
    }
    ExplainedPortion portion =
        new ExplainedPortion(encoder, setting, groups, explanations, () -> task.advance(0));
    List<QualityWork> works = works(portion);
    portion.encode(
        works.stream().map(QualityWork::wantedImages).toList(),
        works.stream().map(QualityWork::wantedTexts).toList());
    portion.finish(works.stream().flatMap(QualityWork::estimates).toList());
    List<SampleQuality> found = works.stream().map(QualityWork::quality).toList();
    for (int s = 0; s < found.size(); s++) {
      long passes = portion.count(portion.samples().get(s));
      rows.accept(model, config.preset(), found.get(s).withPasses(passes));
    }
  }

  private List<QualityWork> works(ExplainedPortion portion) {
    Seed seed = config.seed().derive("fresh coalitions");
    return IntStream.range(0, portion.samples().size())
        .mapToObj(
            s ->
                new QualityWork(
                    portion.samples().get(s),
                    portion.partner(s),
                    repeats,
                    encoder.logitScale(),
                    seed))
        .toList();
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
    QualityRows.forEach(
        folder,
        line -> {
          String cluster = clusters.get(line.quality().id());
          if (cluster != null
              && line.model().equals(model)
              && line.preset().equals(config.preset().label())) {
            summary.take(line.quality(), cluster);
          }
        });
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
