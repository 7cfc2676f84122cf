package dev.auscult.cli;

import dev.auscult.base.InputException;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingCache;
import dev.auscult.embed.ImageItem;
import dev.auscult.embed.TextItem;
import dev.auscult.model.DualEncoder;
import dev.auscult.model.VisionEncoder;
import dev.auscult.report.Provenance;
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
          + " metadata under 'ids' (images: path below the folder; texts: line number). With --data"
          + " the tensors are 'images' and, where the data has texts, 'texts'. What cannot be read is"
          + " left out and listed beside the file, in FILE.skipped.csv.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  auscult embed --model phantom --images radiographs/ --out images.safetensors",
      "  auscult embed --model clip-vit-base-patch32/ --texts reports.txt --out texts.safetensors",
      "  auscult embed --model phantom --data covid-cxr:data/covid-cxr --out pairs.safetensors",
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

  @Mixin private AdapterOption adapter;

  @Mixin private MaskOption mask;

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

    @Option(
        names = "--data",
        required = true,
        paramLabel = "D",
        description = "A data set: its images and texts.")
    private @Nullable String data;
  }

  @Override
  public Integer call() throws IOException {
    Run run =
        common
            .begin()
            .with("model", model)
            .with("images", source.images)
            .with("texts", source.texts)
            .with("data", source.data);
    mask.describe(run);
    OutputFile.check(out);
    if (adapter.isGiven()) {
      adapter.describe(run);
    }
    Optional<Dataset> dataset =
        Optional.ofNullable(source.data).map(Datasets::open).map(mask::apply);
    List<ImageItem> images =
        source.images == null ? List.of() : mask.apply(ImagePaths.list(List.of(source.images)));
    List<TextItem> texts = source.texts == null ? List.of() : lines(source.texts);
    try (VisionEncoder encoder = encoder()) {
      EmbeddingCache cache = cacheOptions.cache();
      EmbeddedTensors embedded =
          new EmbeddedTensors(new Embedder(encoder, common.compute(), cache), common.progress());
      dataset.ifPresentOrElse(embedded::addPairs, () -> embedded.add(images, texts));
      embedded.write(out, encoder.identity(), common.dtype().toString());
      embedded.remark(common.console(), cache);
      common
          .console()
          .result(
              run.report(
                  List.of(encoder.identity()), dataset.map(Provenance.Data::of), figures(embedded)),
              out + ": " + embedded.summary());
    }
    return 0;
  }

  private VisionEncoder encoder() throws IOException {
    return adapter.isGiven() ? adapted() : common.loadVision(model);
  }

  private VisionEncoder adapted() throws IOException {
    DualEncoder encoder = common.load(model);
    try {
      return adapter.adapt(encoder);
    } catch (InputException e) {
      encoder.close();
      throw e;
    }
  }

  private static List<TextItem> lines(Path texts) {
    return LineFile.read("--texts", texts).entrySet().stream()
        .map(line -> new TextItem(String.valueOf(line.getKey()), line.getValue()))
        .toList();
  }

  private Map<String, @Nullable Object> figures(EmbeddedTensors embedded) {
    Map<String, @Nullable Object> figures = new LinkedHashMap<>();
    figures.put("file", out);
    figures.putAll(embedded.figures());
    return figures;
  }
}
