package dev.auscult.report;

import dev.auscult.balance.AuditTask;
import dev.auscult.balance.ModelComparison;
import dev.auscult.base.Progress;
import dev.auscult.data.Dataset;
import dev.auscult.data.Sample;
import dev.auscult.report.Charts.NamedEstimate;
import dev.auscult.report.Charts.NamedValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The report of a modality-balance audit.
 *
 * @param run the result with its provenance; {@link #result} makes its {@code models}
 * @param task what was scored
 * @param models the audited models in the order of the command
 * @param comparisons paired differences between the models
 * @param all every audited sample, for the pages to browse them; none to write no such pages
 * @param samples the samples shown in full on the report's own page; {@link ShownSample#choose}
 *     chooses them
 * @param more further sections, shown after the results
 * @param skipped what was left out, with reasons
 */
public record BalanceReport(
    RunReport run,
    AuditTask task,
    List<AuditedModel> models,
    List<ModelComparison> comparisons,
    List<Sample> all,
    List<ShownSample> samples,
    List<Section> more,
    List<Dataset.Skipped> skipped) {

  /** More models than this stand below each other. */
  private static final int SIDE_BY_SIDE = 6;

  /** Copies the lists. */
  public BalanceReport {
    models = List.copyOf(models);
    comparisons = List.copyOf(comparisons);
    all = List.copyOf(all);
    samples = List.copyOf(samples);
    more = List.copyOf(more);
    skipped = List.copyOf(skipped);
  }

  /**
   * The result of an audit as scripts read it: {@code models} lists one entry per model and preset,
   * their names first, then its figures as {@link dev.auscult.balance.ModalityBalance#toJson};
   * {@code comparisons} lists the paired differences as {@link ModelComparison#toJson}.
   */
  public static Map<String, @Nullable Object> result(
      List<AuditedModel> models, List<ModelComparison> comparisons) {
    return result(models, comparisons, name -> Map.of());
  }

  /**
   * The same with further figures of each model.
   *
   * @param more the figures of a model by what the report calls it
   */
  public static Map<String, @Nullable Object> result(
      List<AuditedModel> models,
      List<ModelComparison> comparisons,
      Function<String, Map<String, @Nullable Object>> more) {
    List<Map<String, @Nullable Object>> entries = new ArrayList<>();
    for (AuditedModel model : models) {
      Map<String, @Nullable Object> entry = new LinkedHashMap<>();
      entry.put("model", model.identity().name());
      entry.put("preset", model.preset().label());
      entry.putAll(model.balance().toJson());
      entry.putAll(more.apply(model.name()));
      entries.add(entry);
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("models", entries);
    result.put("comparisons", comparisons.stream().map(ModelComparison::toJson).toList());
    return result;
  }

  /**
   * Writes {@code samples/}, {@code pictures/}, {@code tables/}, {@code index.html} and, last,
   * {@code result.json} into {@code folder}, each file whole or not at all.
   *
   * @throws IOException if the folder cannot be written
   */
  public void write(Path folder, Progress progress) throws IOException {
    if (!all.isEmpty()) {
      new SampleSite(task, models, all, RunSections.footer(run.provenance()))
          .write(folder, progress);
    }
    page().write(folder);
    run.write(folder);
  }

  HtmlPage page() {
    List<Section> sections = new ArrayList<>();
    sections.add(audited());
    sections.add(results());
    if (!comparisons.isEmpty()) {
      sections.add(
          Section.of(
              "Differences between models",
              Block.paragraph(BalanceWords.comparisons()),
              Block.table("differences", BalanceTables.comparisons(comparisons))));
    }
    sections.addAll(more);
    if (!samples.isEmpty()) {
      sections.add(chosen());
    }
    if (!PublishedBalance.of(task).isEmpty()) {
      sections.add(
          Section.of(
              "Published figures",
              Block.paragraph(BalanceWords.published()),
              Block.table("published", BalanceTables.besidePublished(task, models))));
    }
    sections.add(Section.of("How to read this", Block.points(BalanceWords.guide())));
    sections.add(Section.of("Limits", Block.points(BalanceWords.limits())));
    sections.add(RunSections.configuration(run));
    sections.add(RunSections.skipped(skipped));
    sections.add(RunSections.reproduce(run));
    return new HtmlPage(
        "Modality balance",
        BalanceWords.finding(models),
        sections,
        RunSections.footer(run.provenance()));
  }

  private Section audited() {
    List<Block> blocks = new ArrayList<>(RunSections.audited(run.provenance()));
    blocks.add(Block.paragraph(BalanceWords.task(task, run.config().get("score"))));
    return new Section("What was audited", blocks);
  }

  private Section results() {
    Picture shares =
        Charts.modalityShares(
            "modality-shares",
            models.stream()
                .map(model -> new NamedEstimate(model.name(), model.balance().tscore()))
                .toList());
    Picture deltas =
        Charts.deltaDistribution(
            "delta-distribution",
            models.stream().map(model -> new NamedValues(model.name(), model.deltas())).toList());
    return Section.of(
        "Results",
        Block.table(
            models.size() > SIDE_BY_SIDE
                ? BalanceTables.full(task, models).transposed()
                : BalanceTables.full(task, models)),
        Block.tableFiles("results", BalanceTables.lasting(task, models)),
        Block.chart(
            shares,
            "Mean TScore (left) and IScore (right) of each model; the bracket is the 95 %"
                + " confidence interval of the point where they meet, the line marks 0.5."),
        Block.chart(
            deltas,
            "Delta of every sample, in bins of 0.05; the band marks |delta| < 0.1, the line the"
                + " median."));
  }

  private Section chosen() {
    List<Block> blocks = new ArrayList<>();
    if (!all.isEmpty()) {
      blocks.add(
          Block.link(
              "All %s samples with their heat maps".formatted(Figures.count(all.size())),
              SampleSite.FOLDER + "/index.html",
              ", to browse, sort and filter."));
    }
    blocks.add(Block.paragraph(ShownSample.RULE));
    blocks.add(Block.paragraph(BalanceWords.panels()));
    for (int i = 0; i < samples.size(); i++) {
      blocks.add(new SampleBlock(i + 1, task, samples.get(i), models));
    }
    return new Section("Samples", blocks);
  }
}
