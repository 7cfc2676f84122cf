package dev.auscult.cli;

import dev.auscult.balance.AuditTask;
import dev.auscult.balance.AuditedSample;
import dev.auscult.balance.BalanceConfig;
import dev.auscult.balance.BalanceSink;
import dev.auscult.balance.ModalityBalanceAudit;
import dev.auscult.balance.SampleBalance;
import dev.auscult.balance.SampleFigures;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.data.Sample;
import dev.auscult.data.SampleBuilder;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.PairedDifference;
import dev.auscult.model.DualEncoder;
import dev.auscult.overlay.OverlayCases;
import dev.auscult.overlay.OverlayCases.Case;
import dev.auscult.overlay.OverlayVersion;
import dev.auscult.report.OverlaidModel.BalanceShift;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the modality balance of a model moves when text is burned in: the score of the image with the
 * prompt of its right class, audited with and without text on the same few samples.
 */
final class OverlayBalance {
  private final List<Case> cases;
  private final List<OverlayVersion> versions;
  private final List<String> prompts;
  private final Seed seed;

  /**
   * @param samples how many samples at most; which are drawn depends on seed and ids alone
   * @param versions what is burned in, nothing first
   * @param prompts of the classes, in their order
   */
  OverlayBalance(
      OverlayCases cases,
      int samples,
      List<OverlayVersion> versions,
      List<String> prompts,
      Seed seed) {
    Seed draws = seed.derive("overlay balance samples");
    this.cases =
        cases.cases().stream()
            .sorted(Comparator.comparingLong(one -> draws.derive(one.sample().id()).value()))
            .limit(samples)
            .toList();
    this.versions = List.copyOf(versions);
    this.prompts = List.copyOf(prompts);
    this.seed = seed;
  }

  /** Audits a model. */
  List<BalanceShift> of(DualEncoder encoder, Progress progress) {
    if (cases.isEmpty()) {
      return List.of();
    }
    BalanceConfig config = BalanceConfig.faithful(AuditTask.ISA, seed);
    Map<OverlayVersion, Map<String, AuditedSample>> audited = new LinkedHashMap<>();
    for (OverlayVersion version : versions) {
      ModalityBalanceAudit audit = new ModalityBalanceAudit(encoder, config, dataset(version));
      Map<String, AuditedSample> byId = new LinkedHashMap<>();
      audit
          .run(new Forgetful(), progress)
          .samples()
          .forEach(sample -> byId.put(sample.figures().id(), sample));
      audited.put(version, byId);
    }
    return shifts(audited);
  }

  private Dataset dataset(OverlayVersion version) {
    List<Sample> samples = new ArrayList<>();
    for (Case one : cases) {
      samples.add(
          new SampleBuilder(one.sample().id(), version.image(one))
              .text(Optional.of(prompts.get(one.truth())))
              .patient(Optional.of(one.cluster()))
              .build());
    }
    return Datasets.of("overlay " + version.name(), samples);
  }

  /** Over the samples that have a balance in every version. */
  private List<BalanceShift> shifts(Map<OverlayVersion, Map<String, AuditedSample>> audited) {
    List<Case> defined =
        cases.stream()
            .filter(one -> audited.values().stream().allMatch(byId -> tscore(byId, one) >= 0))
            .toList();
    Clusters clusters = Clusters.of(defined.stream().map(Case::cluster).toList());
    Bootstrap bootstrap = Bootstrap.bca(seed.derive("overlay balance"));
    List<BalanceShift> shifts = new ArrayList<>();
    double[] before = new double[0];
    for (OverlayVersion version : versions) {
      Map<String, AuditedSample> byId = audited.getOrDefault(version, Map.of());
      double[] tscores = defined.stream().mapToDouble(one -> tscore(byId, one)).toArray();
      Estimate mean = bootstrap.mean(tscores, clusters);
      if (shifts.isEmpty()) {
        before = tscores;
        shifts.add(new BalanceShift(version.name(), mean, Optional.empty()));
      } else {
        PairedDifference shift = PairedDifference.of(tscores, before, clusters, bootstrap);
        shifts.add(new BalanceShift(version.name(), mean, Optional.of(shift)));
      }
    }
    return shifts;
  }

  private static double tscore(Map<String, AuditedSample> byId, Case one) {
    AuditedSample sample = byId.get(one.sample().id());
    return sample == null ? Double.NaN : sample.figures().tscore().orElse(Double.NaN);
  }

  /** Keeps nothing: the few samples are audited anew each time. */
  private static final class Forgetful implements BalanceSink {
    @Override
    public Optional<SampleFigures> finished(String id) {
      return Optional.empty();
    }

    @Override
    public void accept(SampleBalance balance) {}
  }
}
