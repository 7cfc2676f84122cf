package dev.auscult.cli;

import dev.auscult.balance.AuditedSample;
import dev.auscult.base.Progress;
import dev.auscult.base.Seed;
import dev.auscult.data.Sample;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingRun;
import dev.auscult.embed.ImageItem;
import dev.auscult.embed.TextItem;
import dev.auscult.metric.Bootstrap;
import dev.auscult.metric.Clusters;
import dev.auscult.metric.Estimate;
import dev.auscult.report.Block;
import dev.auscult.report.EvaluationJson;
import dev.auscult.report.Figures;
import dev.auscult.report.Section;
import dev.auscult.report.Table;
import dev.auscult.report.Table.Column;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How often a model scores an image's text above its foil: the pairwise accuracy of image-sentence
 * alignment (MM-SHAP, section 4), of audited samples that have a foil. Foils are scored here and
 * not explained; {@code --task foil} explains them too.
 */
final class FoilAccuracy {
  /** Before the ids of foils, which are no samples here. */
  private static final String FOIL = "foil of ";

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

  /**
   * What a model says of the samples with foils.
   *
   * @param above whether the text scores above the foil, by the sample's id
   * @param passes images and texts encoded for it, equal ones once
   */
  record Scored(Map<String, Boolean> above, long passes) {
    /** Copies the map. */
    Scored {
      above = Collections.unmodifiableMap(new LinkedHashMap<>(above));
    }
  }

  /** Scores texts and foils: once for all presets. */
  Scored score(Embedder embedder, Progress progress) {
    List<Sample> wanted = samples.values().stream().filter(FoilAccuracy::hasFoil).toList();
    EmbeddingRun images = embedder.images(wanted.stream().map(ImageItem::of).toList(), progress);
    Set<String> readable = Set.copyOf(images.embeddings().ids());
    List<Sample> kept = wanted.stream().filter(sample -> readable.contains(sample.id())).toList();
    List<TextItem> items = new ArrayList<>();
    kept.forEach(sample -> items.add(new TextItem(sample.id(), sample.text().orElse(""))));
    kept.forEach(sample -> items.add(new TextItem(FOIL + sample.id(), sample.foil().orElse(""))));
    EmbeddingRun texts = embedder.texts(items, progress);
    FloatMatrix image = images.embeddings().vectors();
    FloatMatrix text = texts.embeddings().vectors();
    Map<String, Boolean> above = new LinkedHashMap<>();
    for (int i = 0; i < kept.size(); i++) {
      above.put(kept.get(i).id(), image.dot(i, text, i) > image.dot(i, text, kept.size() + i));
    }
    return new Scored(above, (long) images.encoded() + texts.encoded());
  }

  /**
   * How often a model's texts score above their foils.
   *
   * @param share of the samples
   * @param passes encoded for it; none if those of an earlier preset served
   */
  record Accuracy(Estimate share, long passes) {
    Map<String, @Nullable Object> toJson() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>(EvaluationJson.json(share));
      json.put("encoder_passes", passes);
      return json;
    }
  }

  /** The share of audited samples with foils whose text scores higher. */
  Estimate of(Scored scored, List<AuditedSample> audited) {
    List<AuditedSample> kept =
        audited.stream().filter(one -> scored.above().containsKey(one.figures().id())).toList();
    double[] above =
        kept.stream()
            .mapToDouble(one -> scored.above().getOrDefault(one.figures().id(), false) ? 1 : 0)
            .toArray();
    return Bootstrap.bca(seed.derive("foils"))
        .share(above, Clusters.of(kept.stream().map(AuditedSample::cluster).toList()));
  }

  /** The part of a report about it. */
  static Section section(Map<String, Accuracy> models) {
    List<List<String>> rows = new ArrayList<>();
    models.forEach(
        (model, found) ->
            rows.add(
                List.of(
                    model,
                    Figures.count(found.share().n()),
                    Figures.percents(found.share()),
                    Figures.count(found.passes()))));
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
                    Column.numbers("pairwise accuracy"),
                    Column.numbers("encoder passes")),
                rows)));
  }
}
