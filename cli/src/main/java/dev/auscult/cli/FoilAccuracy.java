package dev.auscult.cli;

import dev.auscult.balance.AuditedSample;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Sample;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.Embeddings;
import dev.auscult.embed.ImageItem;
import dev.auscult.embed.TextItem;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Estimate;
import dev.auscult.report.Block;
import dev.auscult.report.Figures;
import dev.auscult.report.Section;
import dev.auscult.report.Table;
import dev.auscult.report.Table.Column;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * How often a model scores an image's text above its foil: the pairwise accuracy of image-sentence
 * alignment (MM-SHAP, section 4), of audited samples that have a foil. Foils are scored here and
 * not explained; {@code --task foil} explains them too.
 */
final class FoilAccuracy {
  private final Map<String, Sample> samples;
  private final Seed seed;

  /**
   * @param samples by their ids
   */
  FoilAccuracy(Map<String, Sample> samples, Seed seed) {
    this.samples = samples;
    this.seed = seed;
  }

  /** Whether any sample has a text and a foil. */
  boolean isPossible() {
    return samples.values().stream().anyMatch(FoilAccuracy::hasFoil);
  }

  private static boolean hasFoil(Sample sample) {
    return sample.foil().isPresent() && sample.text().isPresent();
  }

  /** The share of a model's audited samples with foils whose text scores higher. */
  Estimate of(Embedder embedder, List<AuditedSample> audited, Progress progress) {
    Map<String, String> patients = new HashMap<>();
    audited.forEach(one -> patients.put(one.figures().id(), one.cluster()));
    List<Sample> wanted = new ArrayList<>();
    samples.forEach(
        (id, sample) -> {
          if (patients.containsKey(id) && hasFoil(sample)) {
            wanted.add(sample);
          }
        });
    Embeddings images =
        embedder.images(wanted.stream().map(ImageItem::of).toList(), progress).embeddings();
    Set<String> readable = Set.copyOf(images.ids());
    List<Sample> kept = wanted.stream().filter(sample -> readable.contains(sample.id())).toList();
    FloatMatrix right = texts(embedder, kept, sample -> sample.text().orElse(""), progress);
    FloatMatrix wrong = texts(embedder, kept, sample -> sample.foil().orElse(""), progress);
    double[] above = new double[kept.size()];
    for (int i = 0; i < above.length; i++) {
      above[i] = images.vectors().dot(i, right, i) > images.vectors().dot(i, wrong, i) ? 1 : 0;
    }
    UnaryOperator<String> patient = id -> patients.getOrDefault(id, id);
    return Bootstrap.bca(seed.derive("foils"))
        .share(above, Clusters.of(images.ids().stream().map(patient).toList()));
  }

  /** The part of a report about it. */
  static Section section(Map<String, Estimate> models) {
    List<List<String>> rows = new ArrayList<>();
    models.forEach(
        (model, share) ->
            rows.add(List.of(model, Figures.count(share.n()), Figures.percents(share))));
    return Section.of(
        "Foils",
        Block.paragraph(
            "These samples also have a foil, a text that is wrong in a detail. Foils are scored here"
                + " and not explained; --task foil explains them too."),
        Block.table(
            new Table(
                "How often the text scores above its foil, with 95 % intervals by patient.",
                List.of(
                    Column.words("model"),
                    Column.numbers("samples"),
                    Column.numbers("pairwise accuracy")),
                rows)));
  }

  private static FloatMatrix texts(
      Embedder embedder, List<Sample> samples, Function<Sample, String> text, Progress progress) {
    return embedder
        .texts(
            samples.stream().map(one -> new TextItem(one.id(), text.apply(one))).toList(), progress)
        .embeddings()
        .vectors();
  }
}
