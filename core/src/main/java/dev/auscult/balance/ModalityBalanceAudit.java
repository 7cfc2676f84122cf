package dev.auscult.balance;

import dev.auscult.base.Progress;
import dev.auscult.data.Dataset;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.Sample;
import dev.auscult.model.DualEncoder;
import dev.auscult.shapley.JointScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Audits one model on one data set: how much of each score comes from the image and how much from
 * the text (MM-SHAP, Parcalabescu and Frank 2023), under one or several configurations at once.
 *
 * <p>Samples are audited in portions whose passes are encoded together, and handed on one by one;
 * only a few numbers of each stay in memory. A sample's values depend on the model, the sample, the
 * configuration and (through a given budget) the run's longest text: not on the order, nor on
 * earlier interruptions; an encoder may round its embeddings differently in other batches, and thus
 * with another number of samples.
 */
public final class ModalityBalanceAudit {
  private final DualEncoder encoder;
  private final List<AuditSetting> settings = new ArrayList<>();
  private final AuditQueue queue;

  /**
   * What an audit found.
   *
   * @param balance the summary
   * @param samples what it summarises, in the order audited; foils are not among them
   * @param skipped samples that could not be audited, with the reason
   * @param truncated samples whose text exceeded the model's context and lost its end
   */
  public record Outcome(
      ModalityBalance balance, List<AuditedSample> samples, List<Skipped> skipped, int truncated) {
    /** Copies the lists. */
    public Outcome {
      samples = List.copyOf(samples);
      skipped = List.copyOf(skipped);
    }
  }

  /**
   * An audit under one configuration; see {@link #ModalityBalanceAudit(DualEncoder, List,
   * Dataset)}.
   */
  public ModalityBalanceAudit(DualEncoder encoder, BalanceConfig config, Dataset dataset) {
    this(encoder, List.of(config), dataset);
  }

  /**
   * Checks everything that can be checked before any encoder pass.
   *
   * @param configs of one task, seed and number of samples
   * @throws dev.auscult.base.InputException if the model cannot do what a configuration asks for,
   *     no sample is fit for the task, or the budget is too small
   */
  public ModalityBalanceAudit(DualEncoder encoder, List<BalanceConfig> configs, Dataset dataset) {
    this(encoder, configs, dataset, Optional.empty());
  }

  /**
   * An audit of a classifier on top of both encoders, under configurations of {@link
   * AuditedScore#OUTCOME}; the rest as above.
   *
   * @param outcomes the score of a sample under the classifier
   */
  public static ModalityBalanceAudit ofOutcomes(
      DualEncoder encoder,
      List<BalanceConfig> configs,
      Dataset dataset,
      Function<Sample, JointScore> outcomes) {
    return new ModalityBalanceAudit(encoder, configs, dataset, Optional.of(outcomes));
  }

  private ModalityBalanceAudit(
      DualEncoder encoder,
      List<BalanceConfig> configs,
      Dataset dataset,
      Optional<Function<Sample, JointScore>> outcomes) {
    if (configs.stream().map(BalanceConfig::common).distinct().count() != 1) {
      throw new IllegalArgumentException("configurations of one task, seed and number of samples");
    }
    this.encoder = encoder;
    configs.forEach(
        config ->
            settings.add(
                new AuditSetting(
                    encoder, config, ScoredTexts.of(encoder, config, dataset), outcomes)));
    AuditSetting first = settings.get(0);
    this.queue = AuditQueue.of(dataset, first.config(), first.texts());
    settings.forEach(setting -> setting.fit(queue.samples()));
  }

  /** The samples that will be audited, in that order: all samples of an image together. */
  public List<Sample> samples() {
    return queue.samples();
  }

  /**
   * Audits all samples that {@code sink} does not know yet under the only configuration.
   *
   * @throws dev.auscult.base.InterruptedRunException if the user stops it; the sink then has what
   *     is finished
   */
  public Outcome run(BalanceSink sink, Progress progress) {
    return run(List.of(sink), progress).get(0);
  }

  /**
   * Audits all samples that the sinks do not know yet.
   *
   * @param sinks one per configuration
   * @return one outcome per configuration
   * @throws dev.auscult.base.InterruptedRunException if the user stops it; the sinks then have what
   *     is finished
   */
  public List<Outcome> run(List<BalanceSink> sinks, Progress progress) {
    return run(sinks, Shard.WHOLE, progress);
  }

  /**
   * Audits the samples of one shard that the sinks do not know yet; see {@link #run(List,
   * Progress)}. What is normalised by all samples, such as {@code l_norm}, means nothing in an
   * outcome of a part: {@link #join} the parts.
   */
  public List<Outcome> run(List<BalanceSink> sinks, Shard shard, Progress progress) {
    requireOnePerSetting(sinks);
    List<AuditPortion> portions = shard.of(AuditPortion.of(queue, settings));
    long start = System.nanoTime();
    String name = "auditing " + encoder.identity().name();
    long samples = portions.stream().flatMap(AuditPortion::samples).count();
    try (Progress.Task task = progress.begin(name, samples)) {
      AuditRun run = new AuditRun(encoder, settings, sinks, recurring(), task);
      portions.forEach(run::audit);
      return outcomes(run.results(), (System.nanoTime() - start) / 1e9);
    }
  }

  private RecurringTexts recurring() {
    return new RecurringTexts(settings.get(0).texts(), queue.samples());
  }

  /**
   * Hands on what the shards of this audit found, as an undivided run would have: in its order, and
   * passes that samples of several shards have in common counted once.
   *
   * @param shards all parts, in order
   * @param sinks one per configuration, which know nothing yet
   * @throws dev.auscult.base.InputException if a shard has nothing of one of its samples
   */
  public void join(List<ShardRows> shards, List<BalanceSink> sinks) {
    requireOnePerSetting(sinks);
    List<AuditPortion> portions = AuditPortion.of(queue, settings);
    SharedPasses together = new SharedPasses();
    for (ShardRows rows : shards) {
      ShardJoin join = new ShardJoin(encoder.identity().name(), settings, rows, together);
      rows.shard().of(portions).forEach(portion -> join.hand(portion, sinks));
    }
  }

  private void requireOnePerSetting(List<BalanceSink> sinks) {
    if (sinks.size() != settings.size()) {
      throw new IllegalArgumentException(
          "%d sinks for %d configurations".formatted(sinks.size(), settings.size()));
    }
  }

  /** Settings that ran together share the time in proportion to their passes. */
  private List<Outcome> outcomes(List<AuditRun.Results> results, double seconds) {
    double all = results.stream().mapToLong(AuditRun.Results::passes).sum();
    List<Outcome> outcomes = new ArrayList<>();
    for (int s = 0; s < settings.size(); s++) {
      double share = all == 0 ? 1.0 / settings.size() : results.get(s).passes() / all;
      outcomes.add(outcome(settings.get(s), results.get(s), seconds * share));
    }
    return outcomes;
  }

  private Outcome outcome(AuditSetting setting, AuditRun.Results results, double seconds) {
    List<Skipped> skipped = new ArrayList<>(queue.skipped());
    skipped.addAll(results.skipped());
    long truncated =
        queue.samples().stream()
            .filter(sample -> setting.texts().reference(sample).tokens().truncated())
            .count();
    BalanceSummary summary = new BalanceSummary(setting.config(), encoder.logitScale());
    return new Outcome(
        summary.of(results.rows(), seconds),
        summary.withoutFoils(results.rows()),
        skipped,
        (int) truncated);
  }
}
