package dev.auscult.cli;

import dev.auscult.base.InputException;
import dev.auscult.base.Progress;
import dev.auscult.data.Dataset;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.ImageSource;
import dev.auscult.data.Sample;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingRun;
import dev.auscult.embed.Embeddings;
import dev.auscult.embed.ImageItem;
import dev.auscult.embed.TextItem;
import dev.auscult.report.ShownItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is searched. */
final class SearchPool {
  private final Embeddings embeddings;
  private final List<Skipped> skipped;
  private final Map<String, ImageSource> images;
  private final Map<String, String> texts;

  private SearchPool(
      Embeddings embeddings,
      List<Skipped> skipped,
      Map<String, ImageSource> images,
      Map<String, String> texts) {
    this.embeddings = embeddings;
    this.skipped = skipped;
    this.images = images;
    this.texts = texts;
  }

  /** Images of files. */
  static SearchPool of(List<ImageItem> items, Embedder embedder, Progress progress) {
    return ofImages(items, List.of(), Map.of(), embedder, progress);
  }

  private static SearchPool ofImages(
      List<ImageItem> items,
      List<Skipped> already,
      Map<String, String> captions,
      Embedder embedder,
      Progress progress) {
    EmbeddingRun run = embedder.images(items, progress);
    List<Skipped> skipped = new ArrayList<>(already);
    skipped.addAll(run.skipped());
    SkippedFile.refuseNothing(run.embeddings().size(), skipped);
    Map<String, ImageSource> images = new HashMap<>();
    items.forEach(item -> images.put(item.id(), item.image()));
    return new SearchPool(run.embeddings(), skipped, images, captions);
  }

  /** The different images of a data set, or its different texts. */
  static SearchPool of(
      Dataset data, SearchCommand.Wanted wanted, Embedder embedder, Progress progress) {
    if (wanted == SearchCommand.Wanted.IMAGES) {
      Map<String, Sample> different = new LinkedHashMap<>();
      data.samples().forEach(one -> different.putIfAbsent(one.image().name(), one));
      Map<String, String> captions = new HashMap<>();
      different.values().forEach(one -> caption(one).ifPresent(t -> captions.put(one.id(), t)));
      return ofImages(
          different.values().stream().map(ImageItem::of).toList(),
          data.skipped(),
          captions,
          embedder,
          progress);
    }
    Map<String, String> idOf = new LinkedHashMap<>();
    data.samples()
        .forEach(
            one ->
                one.text().map(String::strip).ifPresent(text -> idOf.putIfAbsent(text, one.id())));
    idOf.remove("");
    if (idOf.isEmpty()) {
      throw new InputException("--find texts", "data without texts", "texts", "find images");
    }
    Map<String, String> texts = new HashMap<>();
    idOf.forEach((text, id) -> texts.put(id, text));
    List<TextItem> items =
        idOf.entrySet().stream().map(one -> new TextItem(one.getValue(), one.getKey())).toList();
    return new SearchPool(
        embedder.texts(items, progress).embeddings(), data.skipped(), Map.of(), texts);
  }

  private static Optional<String> caption(Sample sample) {
    return sample.text().map(String::strip).filter(text -> !text.isEmpty()).or(sample::label);
  }

  Embeddings embeddings() {
    return embeddings;
  }

  List<Skipped> skipped() {
    return skipped;
  }

  String id(int candidate) {
    return embeddings.ids().get(candidate);
  }

  /** What is known of a candidate in words, or nothing. */
  Optional<String> text(int candidate) {
    return Optional.ofNullable(texts.get(id(candidate)));
  }

  /** A candidate as a page shows it. */
  ShownItem shown(int candidate) {
    ImageSource image = images.get(id(candidate));
    return image == null
        ? ShownItem.ofText(id(candidate), text(candidate).orElse(""))
        : ShownItem.ofImage(id(candidate), image.read(), text(candidate));
  }
}
