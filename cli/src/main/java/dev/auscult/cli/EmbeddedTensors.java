package dev.auscult.cli;

import dev.auscult.base.Progress;
import dev.auscult.checkpoint.SafetensorsWriter;
import dev.auscult.data.Dataset;
import dev.auscult.data.Dataset.Skipped;
import dev.auscult.data.Sample;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingCache;
import dev.auscult.embed.EmbeddingRun;
import dev.auscult.embed.Embeddings;
import dev.auscult.embed.ImageItem;
import dev.auscult.embed.TextItem;
import dev.auscult.model.ModelIdentity;
import dev.auscult.report.ResultJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Named embeddings over the same ids, on their way into a file. */
final class EmbeddedTensors {
  private final Embedder embedder;
  private final Progress progress;
  private final Map<String, Embeddings> tensors = new LinkedHashMap<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private int encoded;
  private int truncated;

  EmbeddedTensors(Embedder embedder, Progress progress) {
    this.embedder = embedder;
    this.progress = progress;
  }

  /** Embeds images or texts, whichever there are, as {@code embeddings}. */
  void add(List<ImageItem> images, List<TextItem> texts) {
    put(
        "embeddings",
        images.isEmpty() ? embedder.texts(texts, progress) : embedder.images(images, progress));
  }

  /**
   * Embeds a data set as {@code images} and {@code texts}; where samples have texts, those without
   * are left out, so that the rows of both belong together.
   */
  void addPairs(Dataset dataset) {
    skipped.addAll(dataset.skipped());
    boolean paired = dataset.samples().stream().anyMatch(sample -> sample.text().isPresent());
    List<Sample> samples =
        dataset.samples().stream().filter(sample -> !paired || hasText(sample)).toList();
    put("images", embedder.images(samples.stream().map(ImageItem::of).toList(), progress));
    if (paired) {
      Set<String> readable = idsOf("images").stream().collect(Collectors.toUnmodifiableSet());
      put(
          "texts",
          embedder.texts(
              samples.stream()
                  .filter(sample -> readable.contains(sample.id()))
                  .map(sample -> new TextItem(sample.id(), sample.text().orElseThrow()))
                  .toList(),
              progress));
    }
  }

  private boolean hasText(Sample sample) {
    if (sample.text().isEmpty()) {
      skipped.add(new Skipped(sample.id(), "no text"));
    }
    return sample.text().isPresent();
  }

  private List<String> idsOf(String tensor) {
    return Optional.ofNullable(tensors.get(tensor)).map(Embeddings::ids).orElse(List.of());
  }

  private void put(String name, EmbeddingRun run) {
    tensors.put(name, run.embeddings());
    skipped.addAll(run.skipped());
    encoded += run.encoded();
    truncated += run.truncated();
    SkippedFile.refuseNothing(run.embeddings().size(), skipped);
  }

  private Embeddings first() {
    return tensors.values().iterator().next();
  }

  /** Writes the tensors, and beside them what was left out. */
  void write(Path file, ModelIdentity model, String dtype) throws IOException {
    SafetensorsWriter writer =
        new SafetensorsWriter()
            .metadata("ids", ResultJson.line(first().ids()))
            .metadata("model", model.name())
            .metadata("weights", model.weights().hex())
            .metadata("configuration", model.configuration().hex())
            .metadata("dtype", dtype);
    tensors.forEach((name, embeddings) -> writer.addMatrix(name, embeddings.vectors()));
    writer.write(file);
    SkippedFile.writeBeside(file, skipped);
  }

  /** Says what the user should know. */
  void remark(Console console, EmbeddingCache cache) throws IOException {
    SkippedFile.remark(skipped, console);
    if (truncated > 0) {
      console.remark(
          "%d texts are longer than the model's context and were cut off".formatted(truncated));
    }
    if (cache.folder().isPresent()) {
      console.remark(
          "%d encoded, the rest from the cache %s (%.1f MB)"
              .formatted(encoded, cache.folder().get(), cache.bytes() / 1e6));
    }
  }

  /** The result as scripts read it. */
  Map<String, @Nullable Object> figures() {
    Map<String, @Nullable Object> figures = new LinkedHashMap<>();
    figures.put("n", first().size());
    figures.put("dimension", first().vectors().columns());
    figures.put("tensors", List.copyOf(tensors.keySet()));
    figures.put("skipped", skipped.size());
    figures.put("truncated", truncated);
    figures.put("encoded", encoded);
    return figures;
  }

  /** The result in words. */
  String summary() {
    return "%s [%d, %d], %d skipped"
        .formatted(
            String.join(", ", tensors.keySet()),
            first().size(),
            first().vectors().columns(),
            skipped.size());
  }
}
