package dev.auscult.balance;

import dev.auscult.balance.ScoredTexts.Question;
import dev.auscult.data.Sample;
import java.util.List;
import java.util.Optional;

/**
 * Hands on what one shard found of one model. A shard counts a text's passes with the first of its
 * own samples; here they are counted with the first of all.
 */
final class ShardJoin {
  private final String model;
  private final List<AuditSetting> settings;
  private final ShardRows rows;
  private final SharedPasses together;
  private final SharedPasses alone = new SharedPasses();

  /**
   * @param together counts over all shards
   */
  ShardJoin(String model, List<AuditSetting> settings, ShardRows rows, SharedPasses together) {
    this.model = model;
    this.settings = settings;
    this.rows = rows;
    this.together = together;
  }

  /** Hands on the samples of a portion; what a sink knows already is only counted. */
  void hand(AuditPortion portion, List<BalanceSink> sinks) {
    portion
        .samples()
        .forEach(
            sample -> {
              for (int s = 0; s < settings.size(); s++) {
                hand(sample, settings.get(s), sinks.get(s));
              }
            });
    if (settings.stream().anyMatch(AuditSetting::grows)) {
      alone.forgetTexts();
      together.forgetTexts();
    }
  }

  private void hand(Sample sample, AuditSetting setting, BalanceSink sink) {
    rows.find(model, setting.config().preset(), sample.id())
        .map(balance -> recounted(balance, sample, setting))
        .filter(balance -> sink.finished(sample.id()).isEmpty())
        .ifPresent(sink::accept);
  }

  private SampleBalance recounted(SampleBalance balance, Sample sample, AuditSetting setting) {
    Optional<Question> question = setting.texts().question(sample);
    long counted = alone.count(balance.effort(), setting, question);
    long due = together.count(balance.effort(), setting, question);
    return balance.withPasses(balance.passes() - counted + due);
  }
}
