package dev.auscult.cli;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.Sample;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingRun;
import dev.auscult.embed.Embeddings;
import dev.auscult.embed.ImageItem;
import dev.auscult.embed.TextItem;
import dev.auscult.model.DualEncoder;
import dev.auscult.retrieval.Direction;
import dev.auscult.retrieval.RetrievalItem;
import dev.auscult.retrieval.RetrievalSet;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Samples with texts under several models. What one model cannot read is left out of all, so that
 * all of them rank the same candidates.
 */
final class PairedSamples {
  private final Map<String, Sample> pairs = new LinkedHashMap<>();
  private final Map<String, String> contents = new HashMap<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final Map<String, Embeddings> images = new LinkedHashMap<>();

  /**
   * Takes the samples that have a text and a file.
   *
   * @param already what was left out while reading the data
   */
  PairedSamples(List<Sample> samples, List<Skipped> already) {
    skipped.addAll(already);
    for (Sample sample : samples) {
      if (sample.text().map(String::strip).filter(text -> !text.isEmpty()).isEmpty()) {
        skipped.add(new Skipped(sample.id(), "no text"));
        continue;
      }
      try {
        contents.put(sample.id(), sample.image().hash().hex());
        pairs.put(sample.id(), sample);
      } catch (InputException e) {
        skipped.add(new Skipped(sample.id(), String.valueOf(e.getMessage())));
      }
    }
    if (pairs.isEmpty()) {
      throw new InputException(
          "--data",
          samples.size() + " samples, none with a text",
          "images with texts",
          "see docs/data.md");
    }
  }

  /** The pairs that are left. */
  RetrievalSet set() {
    return RetrievalSet.of(List.copyOf(pairs.values()), sample -> content(sample));
  }

  private String content(Sample sample) {
    return contents.getOrDefault(sample.id(), sample.id());
  }

  /** What was left out, with the reason. */
  List<Skipped> skipped() {
    return skipped;
  }

  /** Embeds every different image; samples of one that cannot be read are left out. */
  void embedImages(DualEncoder model, Embedder embedder, Progress progress) {
    RetrievalSet set = set();
    List<ImageItem> items =
        set.queries(Direction.IMAGE_TO_TEXT).stream()
            .map(item -> ImageItem.of(set.sample(item)))
            .toList();
    EmbeddingRun run = embedder.images(items, progress);
    images.put(model.identity().name(), run.embeddings());
    Map<String, String> reasons = new HashMap<>();
    run.skipped().forEach(one -> reasons.put(contents.getOrDefault(one.id(), ""), one.reason()));
    for (Sample sample : List.copyOf(pairs.values())) {
      String reason = reasons.get(content(sample));
      if (reason != null) {
        skipped.add(new Skipped(sample.id(), reason));
        pairs.remove(sample.id());
      }
    }
    SkippedFile.refuseNothing(pairs.size(), skipped);
  }

  /** A model's vectors of the images of the set, in their order. */
  FloatMatrix images(String model, RetrievalSet set) {
    Embeddings embedded = images.get(model);
    if (embedded == null) {
      throw new IllegalArgumentException("no images embedded by " + model);
    }
    Set<String> wanted = new LinkedHashSet<>();
    set.queries(Direction.IMAGE_TO_TEXT).forEach(item -> wanted.add(item.id()));
    int dimension = embedded.vectors().columns();
    float[] values = new float[wanted.size() * dimension];
    int row = 0;
    for (int i = 0; i < embedded.size(); i++) {
      if (wanted.contains(embedded.ids().get(i))) {
        System.arraycopy(embedded.vectors().row(i), 0, values, row * dimension, dimension);
        row++;
      }
    }
    return new FloatMatrix(row, dimension, values);
  }

  /** Embeds the texts of a set, in their order. */
  static EmbeddingRun texts(RetrievalSet set, Embedder embedder, Progress progress) {
    Function<RetrievalItem, TextItem> text = item -> new TextItem(item.id(), set.text(item));
    return embedder.texts(
        set.queries(Direction.TEXT_TO_IMAGE).stream().map(text).toList(), progress);
  }
}
