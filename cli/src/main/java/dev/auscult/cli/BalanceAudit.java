package dev.auscult.cli;

import dev.auscult.balance.AuditTask;
import dev.auscult.balance.AuditedSample;
import dev.auscult.balance.BalanceConfig;
import dev.auscult.balance.ExplanationQuality;
import dev.auscult.balance.FoilPairs;
import dev.auscult.balance.ModalityBalance;
import dev.auscult.balance.ModalityBalanceAudit.Outcome;
import dev.auscult.balance.ModelComparison;
import dev.auscult.balance.QualityConfig;
import dev.auscult.balance.Shard;
import dev.auscult.balance.TokenDependence;
import dev.auscult.base.Progress;
import dev.auscult.data.Dataset;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.Sample;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingCache;
import dev.auscult.image.ImageTransform;
import dev.auscult.metric.Estimate;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.ModelIdentity;
import dev.auscult.report.AuditedModel;
import dev.auscult.report.BalanceReport;
import dev.auscult.report.BalanceTables;
import dev.auscult.report.GridControl;
import dev.auscult.report.GroupBalances;
import dev.auscult.report.Provenance;
import dev.auscult.report.QualitySection;
import dev.auscult.report.RegionFindings;
import dev.auscult.report.RunReport;
import dev.auscult.report.Section;
import dev.auscult.report.ShownSample;
import dev.auscult.report.Table;
import dev.auscult.tensor.Compute;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An audit of several models under several presets on one data set, from the models to the report.
 */
final class BalanceAudit {
  static final String ATTRIBUTIONS = "attributions.jsonl";

  private final LoadedModels models;
  private final Dataset dataset;
  private final List<BalanceConfig> configs;
  private final ModelAudits audits;
  private final GridSweep sweep;
  private final QualityStage quality;
  private final Map<String, ModalityBalance> balances = new LinkedHashMap<>();
  private final Map<String, List<AuditedSample>> samples = new LinkedHashMap<>();
  private final Map<String, ExplanationQuality> qualities = new LinkedHashMap<>();
  private List<Skipped> skipped = List.of();
  private Optional<GridControl> control = Optional.empty();
  private BalanceGroups groups = BalanceGroups.NONE;

  /**
   * Checks everything that can be checked before any encoder pass.
   *
   * @param configs one per preset, of one task, seed and number of samples
   * @param grids further grids to cut the image into, by the cells along a side; may be empty
   * @param quality how the explanations are examined; empty for not at all
   * @throws dev.auscult.base.InputException if models, data and configurations do not fit
   */
  BalanceAudit(
      LoadedModels models,
      Dataset dataset,
      List<BalanceConfig> configs,
      List<Integer> grids,
      Optional<QualityConfig> quality) {
    this.models = models;
    this.dataset = dataset;
    this.configs = List.copyOf(configs);
    this.audits = new ModelAudits(models, dataset, configs);
    this.sweep = new GridSweep(models, dataset, configs.get(0), grids);
    this.quality = new QualityStage(models, dataset, configs, quality);
  }

  /** Reports the balance also of groups of samples. */
  void tellApart(BalanceGroups wanted) {
    groups = wanted;
  }

  private AuditTask task() {
    return configs.get(0).task();
  }

  /** What the report calls a model under a preset. */
  private String name(String model, String preset) {
    return configs.size() == 1 ? model : model + " · " + preset;
  }

  /** Adds to {@code run} what the results depend on. */
  Run describe(Run run) {
    configs.get(0).common().forEach(run::with);
    return run.with("presets", configs.stream().map(BalanceConfig::choices).toList())
        .with("models", models.identities().stream().map(BalanceAudit::describe).toList())
        .with("data_hash", dataset.hash().hex());
  }

  private static String describe(ModelIdentity identity) {
    return "%s (weights %s, configuration %s)"
        .formatted(
            identity.name(),
            identity.weights().abbreviated(),
            identity.configuration().abbreviated());
  }

  /**
   * Audits every model under all presets at once, or goes on where an earlier run was interrupted;
   * what a finished one found is read back.
   *
   * @throws dev.auscult.base.InterruptedRunException if the user stops; finished samples are kept
   */
  void run(Path folder, Progress progress) throws IOException {
    ModelAudits.Found found = audits.run(folder, Shard.WHOLE, progress);
    skipped = found.skipped();
    for (int m = 0; m < found.outcomes().size(); m++) {
      String model = models.identities().get(m).name();
      for (int c = 0; c < configs.size(); c++) {
        String name = name(model, configs.get(c).preset().label());
        balances.put(name, found.outcomes().get(m).get(c).balance());
        samples.put(name, found.outcomes().get(m).get(c).samples());
      }
    }
    if (!sweep.isEmpty()) {
      Map<String, ModalityBalance> first = new LinkedHashMap<>();
      for (ModelIdentity model : models.identities()) {
        first.put(
            model.name(), find(balances, name(model.name(), configs.get(0).preset().label())));
      }
      control = Optional.of(sweep.run(folder, progress, first));
    }
    qualities.putAll(quality.run(folder, this::name, progress));
  }

  /**
   * Audits a part of the samples, or goes on where an earlier run was interrupted.
   *
   * @return what was found of every model, by name and preset; no figures, which need all samples
   * @throws dev.auscult.base.InterruptedRunException if the user stops; finished samples are kept
   */
  Map<String, Outcome> runPart(Path folder, Shard shard, Progress progress) throws IOException {
    ModelAudits.Found found = audits.run(folder, shard, progress);
    sweep.runPart(folder, shard, progress);
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    for (int m = 0; m < found.outcomes().size(); m++) {
      for (int c = 0; c < configs.size(); c++) {
        outcomes.put(
            name(models.identities().get(m).name(), configs.get(c).preset().label()),
            found.outcomes().get(m).get(c));
      }
    }
    return outcomes;
  }

  /** Writes the rows of all shards into a folder, for {@link #run} to go on from. */
  void join(ShardFolders shards, Path folder) throws IOException {
    audits.join(shards.rows(Path.of(""), audits.fingerprint()), folder);
    sweep.join(shards, folder);
  }

  /** A result with the provenance of this audit and without a page. */
  RunReport report(Run run, Map<String, @Nullable Object> result) throws IOException {
    return run.report(models.identities(), Optional.of(Provenance.Data.of(dataset)), result);
  }

  /** How many encoder passes the examination of the explanations takes at most. */
  long qualityPasses() {
    return quality.passes();
  }

  /** The few figures that a terminal has room for. */
  Table brief() {
    return BalanceTables.brief(task(), balances);
  }

  /**
   * Writes {@code result.json} and the pages.
   *
   * @param shortcuts what is to be reported beside the audit, if anything
   */
  RunReport report(Path folder, Run run, @Nullable ShortcutFindings shortcuts, Progress progress)
      throws IOException {
    AttributionSummary summary =
        new AttributionSummary(
            folder.resolve(ATTRIBUTIONS),
            task(),
            line -> name(line.model(), line.preset()),
            balances.keySet().iterator().next());
    List<Sample> audited =
        FoilPairs.of(dataset, task()).samples().stream()
            .filter(sample -> summary.has(sample.id()))
            .toList();
    Map<String, Sample> byId =
        audited.stream().collect(Collectors.toMap(Sample::id, Function.identity()));
    List<AuditedModel> audits = audited(summary, new SampleViews(byId));
    List<ModelComparison> comparisons = ModelComparison.all(samples, configs.get(0).seed());
    RegionFindings regions = regions(folder);
    GroupBalances byGroup = groups.of(samples, configs.get(0).seed());
    Map<String, FoilAccuracy.Accuracy> foils = foils(byId, progress);
    Map<String, @Nullable Object> figures =
        new LinkedHashMap<>(
            BalanceReport.result(
                audits, comparisons, name -> examined(name, regions, byGroup, foils)));
    figures.put("skipped", skipped.size());
    List<Section> more = new ArrayList<>();
    if (shortcuts != null) {
      figures.put("shortcuts", shortcuts.toJson());
      more.add(shortcuts.section());
    }
    if (!qualities.isEmpty()) {
      more.add(new QualitySection(qualities).section());
    }
    if (!foils.isEmpty()) {
      more.add(FoilAccuracy.section(foils));
    }
    if (!byGroup.isEmpty()) {
      more.add(byGroup.section());
    }
    if (!regions.isEmpty()) {
      more.add(regions.section());
    }
    control
        .map(found -> withTokens(found, summary))
        .ifPresent(
            found -> {
              figures.put("grid_control", found.toJson());
              more.add(found.section());
            });
    RunReport report = report(run, figures);
    List<ShownSample> shown =
        summary.choose().entrySet().stream()
            .map(entry -> new ShownSample(find(byId, entry.getKey()), entry.getValue()))
            .toList();
    new BalanceReport(report, task(), audits, comparisons, audited, shown, more, skipped)
        .write(folder, progress);
    return report;
  }

  /** How often every model scores texts above their foils, where alignment is audited. */
  private Map<String, FoilAccuracy.Accuracy> foils(Map<String, Sample> byId, Progress progress) {
    Map<String, FoilAccuracy.Accuracy> found = new LinkedHashMap<>();
    FoilAccuracy accuracy = new FoilAccuracy(byId, configs.get(0).seed());
    if (task() == AuditTask.ISA && accuracy.isPossible()) {
      for (DualEncoder encoder : models.encoders()) {
        Embedder embedder = new Embedder(encoder, Compute.standard(), EmbeddingCache.none());
        FoilAccuracy.Scored scored = accuracy.score(embedder, progress);
        long passes = scored.passes();
        for (BalanceConfig config : configs) {
          String name = name(encoder.identity().name(), config.preset().label());
          Estimate share = accuracy.of(scored, find(samples, name));
          found.put(name, new FoilAccuracy.Accuracy(share, passes));
          passes = 0;
        }
      }
    }
    return found;
  }

  /** How far the explanations point at what is known to be in the images. */
  RegionFindings regions(Path folder) throws IOException {
    Map<String, ImageTransform> transforms = new HashMap<>();
    models
        .encoders()
        .forEach(model -> transforms.put(model.identity().name(), model.imageTransform()));
    return RegionShares.read(
        folder.resolve(ATTRIBUTIONS),
        dataset,
        transforms,
        line -> name(line.model(), line.preset()),
        configs.get(0).seed());
  }

  /** What was found of a model's explanations. */
  private Map<String, @Nullable Object> examined(
      String name,
      RegionFindings regions,
      GroupBalances byGroup,
      Map<String, FoilAccuracy.Accuracy> foils) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    ExplanationQuality found = qualities.get(name);
    if (found != null) {
      json.put("quality", found.toJson());
    }
    FoilAccuracy.Accuracy aboveFoil = foils.get(name);
    if (aboveFoil != null) {
      json.put("pairwise_accuracy", aboveFoil.toJson());
    }
    if (!byGroup.isEmpty()) {
      json.put("groups", byGroup.toJson(name));
    }
    if (regions.models().containsKey(name)) {
      json.put("known_regions", regions.toJson(name));
    }
    return json;
  }

  private GridControl withTokens(GridControl found, AttributionSummary summary) {
    Map<String, Estimate> tokens = new LinkedHashMap<>();
    samples.forEach(
        (name, audited) ->
            tokens.put(
                name, TokenDependence.of(audited, summary.tokens(name), configs.get(0).seed())));
    return new GridControl(found.points(), found.matched(), tokens);
  }

  private List<AuditedModel> audited(AttributionSummary summary, SampleViews views) {
    List<AuditedModel> audited = new ArrayList<>();
    for (DualEncoder encoder : models.encoders()) {
      ModelIdentity identity = encoder.identity();
      for (BalanceConfig config : configs) {
        String name = name(identity.name(), config.preset().label());
        audited.add(
            new AuditedModel(
                name,
                identity,
                config.preset(),
                find(balances, name),
                summary.deltas(name),
                id -> summary.balance(name, id),
                id -> views.of(id, encoder.imageTransform())));
      }
    }
    return audited;
  }

  private static <T> T find(Map<String, T> known, String key) {
    T found = known.get(key);
    if (found == null) {
      throw new IllegalStateException("neither in the data nor among the models: " + key);
    }
    return found;
  }
}
