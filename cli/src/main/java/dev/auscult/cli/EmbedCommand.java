package dev.auscult.cli;

import dev.auscult.checkpoint.SafetensorsWriter;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingCache;
import dev.auscult.embed.EmbeddingRun;
import dev.auscult.embed.ImageItem;
import dev.auscult.embed.TextItem;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.ModelIdentity;
import dev.auscult.report.ResultJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the embeddings of images or texts. */
@Command(
    name = "embed",
    header = "Write the embeddings of images or texts as safetensors.",
    description = {
      "",
      "Tensor 'embeddings' [n, d] holds float32 unit rows; their ids are a JSON array in the header's"
          + " metadata under 'ids' (images: path below the folder; texts: line number). Images that"
          + " cannot be read are left out and listed in skipped.csv beside the file.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  auscult embed --model phantom --images radiographs/ --out images.safetensors",
      "  auscult embed --model clip-vit-base-patch32/ --texts reports.txt --out texts.safetensors",
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EmbedCommand implements Callable<Integer> {
  @Option(names = "--model", required = true, paramLabel = "M", description = "The model.")
  private String model;

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The safetensors file to write.")
  private Path out;

  @Mixin private CacheOptions cacheOptions;

  @Mixin(name = "common")
  private CommonOptions common;

  private static final class Source {
    @Option(
        names = "--images",
        required = true,
        paramLabel = "PATH",
        description = "An image, or a folder with all images below it.")
    private @Nullable Path images;

    @Option(
        names = "--texts",
        required = true,
        paramLabel = "FILE",
        description = "A text file, one text per line.")
    private @Nullable Path texts;

    private List<ImageItem> imageItems() throws IOException {
      return images == null ? List.of() : ImagePaths.list(List.of(images));
    }

    private List<TextItem> textItems() {
      return texts == null
          ? List.of()
          : LineFile.read("--texts", texts).entrySet().stream()
              .map(line -> new TextItem(String.valueOf(line.getKey()), line.getValue()))
              .toList();
    }
  }

  @Override
  public Integer call() throws IOException {
    Run run =
        common
            .begin()
            .with("model", model)
            .with("images", source.images)
            .with("texts", source.texts)
            .with("out", out);
    OutputFile.check(out);
    List<ImageItem> images = source.imageItems();
    List<TextItem> texts = source.textItems();
    try (DualEncoder encoder = common.load(model)) {
      EmbeddingCache cache = cacheOptions.cache();
      Embedder embedder = new Embedder(encoder, common.compute(), cache);
      EmbeddingRun embedded =
          images.isEmpty()
              ? embedder.texts(texts, common.progress())
              : embedder.images(images, common.progress());
      SkippedFile.refuseNothing(embedded.embeddings().size(), embedded.skipped());
      write(encoder.identity(), embedded);
      remark(embedded, cache);
      common
          .console()
          .result(
              run.report(List.of(encoder.identity()), Optional.empty(), figures(embedded)),
              summary(embedded));
    }
    return 0;
  }

  private void write(ModelIdentity identity, EmbeddingRun embedded) throws IOException {
    new SafetensorsWriter()
        .addMatrix("embeddings", embedded.embeddings().vectors())
        .metadata("ids", ResultJson.line(embedded.embeddings().ids()))
        .metadata("model", identity.name())
        .metadata("weights", identity.weights().hex())
        .metadata("configuration", identity.configuration().hex())
        .metadata("dtype", common.dtype().toString())
        .write(out);
    SkippedFile.write(out.toAbsolutePath().resolveSibling(""), embedded.skipped());
  }

  private void remark(EmbeddingRun embedded, EmbeddingCache cache) throws IOException {
    SkippedFile.remark(embedded.skipped(), common.console());
    if (embedded.truncated() > 0) {
      common
          .console()
          .remark(
              "%d texts are longer than the model's context and were cut off"
                  .formatted(embedded.truncated()));
    }
    if (cache.folder().isPresent()) {
      common
          .console()
          .remark(
              "%d encoded, %d from the cache %s (%.1f MB)"
                  .formatted(
                      embedded.encoded(),
                      embedded.embeddings().size() - embedded.encoded(),
                      cache.folder().get(),
                      cache.bytes() / 1e6));
    }
  }

  private Map<String, @Nullable Object> figures(EmbeddingRun embedded) {
    Map<String, @Nullable Object> figures = new LinkedHashMap<>();
    figures.put("file", out);
    figures.put("n", embedded.embeddings().size());
    figures.put("dimension", embedded.embeddings().vectors().columns());
    figures.put("skipped", embedded.skipped().size());
    figures.put("truncated", embedded.truncated());
    figures.put("encoded", embedded.encoded());
    return figures;
  }

  private String summary(EmbeddingRun embedded) {
    return "%s: embeddings [%d, %d], %d skipped"
        .formatted(
            out,
            embedded.embeddings().size(),
            embedded.embeddings().vectors().columns(),
            embedded.skipped().size());
  }
}
