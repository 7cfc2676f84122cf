package dev.auscult.cli;

import dev.auscult.balance.AuditRows;
import dev.auscult.balance.BalanceConfig;
import dev.auscult.balance.BalanceSink;
import dev.auscult.balance.FoilPairs;
import dev.auscult.balance.ModalityBalanceAudit;
import dev.auscult.balance.ModalityBalanceAudit.Outcome;
import dev.auscult.balance.Shard;
import dev.auscult.balance.ShardRows;
import dev.auscult.base.ContentHash;
import dev.auscult.base.Progress;
import dev.auscult.data.Dataset;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The audits of several models on one data set, whose rows share a folder. */
final class ModelAudits {
  private final LoadedModels models;
  private final Dataset dataset;
  private final List<BalanceConfig> configs;
  private final List<ModalityBalanceAudit> audits = new ArrayList<>();

  /**
   * What was found.
   *
   * @param outcomes by model, then by configuration
   * @param skipped samples without a result, in the order of the data
   */
  record Found(List<List<Outcome>> outcomes, List<Skipped> skipped) {}

  /**
   * Checks everything that can be checked before any encoder pass.
   *
   * @param configs of one task, seed and number of samples
   * @throws dev.auscult.base.InputException if models, data and configurations do not fit
   */
  ModelAudits(LoadedModels models, Dataset dataset, List<BalanceConfig> configs) {
    this.models = models;
    this.dataset = dataset;
    this.configs = List.copyOf(configs);
    models
        .encoders()
        .forEach(encoder -> audits.add(new ModalityBalanceAudit(encoder, configs, dataset)));
  }

  /** Identifies models, data and configurations. */
  ContentHash fingerprint() {
    return BalanceConfig.fingerprint(configs, models.identities(), dataset.hash());
  }

  /**
   * Audits a part of the samples, or goes on where an earlier run was interrupted; what a finished
   * one found is read back.
   *
   * @throws dev.auscult.base.InterruptedRunException if the user stops; finished samples are kept
   */
  Found run(Path folder, Shard shard, Progress progress) throws IOException {
    try (AuditRows rows = AuditRows.open(folder, shard.fingerprint(fingerprint()))) {
      List<List<Outcome>> outcomes = new ArrayList<>();
      List<Skipped> skipped = new ArrayList<>(dataset.skipped());
      for (int m = 0; m < audits.size(); m++) {
        List<Outcome> ofModel = audits.get(m).run(sinks(rows, m), shard, progress);
        ofModel.forEach(outcome -> skipped.addAll(outcome.skipped()));
        outcomes.add(ofModel);
      }
      List<Skipped> ordered = inDataOrder(skipped);
      rows.finish(configs.get(0).task(), ordered);
      return new Found(outcomes, ordered);
    }
  }

  /**
   * Writes what the shards of these audits found as if they had run undivided.
   *
   * @param shards all of them, in order
   */
  void join(List<ShardRows> shards, Path folder) throws IOException {
    try (AuditRows rows = AuditRows.open(folder, fingerprint())) {
      for (int m = 0; m < audits.size(); m++) {
        audits.get(m).join(shards, sinks(rows, m));
      }
      rows.finish(
          configs.get(0).task(),
          inDataOrder(shards.stream().flatMap(shard -> shard.skipped().stream()).toList()));
    }
  }

  private List<BalanceSink> sinks(AuditRows rows, int model) {
    String name = models.identities().get(model).name();
    return configs.stream().map(config -> rows.of(name, config.preset())).toList();
  }

  /** Each once; what never became a sample first. */
  private List<Skipped> inDataOrder(List<Skipped> skipped) {
    Map<String, Integer> position = new HashMap<>();
    for (Sample sample : FoilPairs.of(dataset, configs.get(0).task()).samples()) {
      position.put(sample.id(), position.size());
    }
    return skipped.stream()
        .distinct()
        .sorted(Comparator.comparingInt(entry -> position.getOrDefault(entry.id(), -1)))
        .toList();
  }
}
