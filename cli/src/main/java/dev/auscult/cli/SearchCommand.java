package dev.auscult.cli;

import dev.auscult.base.UsageException;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.ImageItem;
import dev.auscult.model.DualEncoder;
import dev.auscult.report.ConsoleTable;
import dev.auscult.report.Provenance;
import dev.auscult.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Searches images and texts. */
@Command(
    name = "search",
    header = "Find the images, or texts, that are most similar to a text or an image.",
    description = {
      "",
      "Searches the images of a folder or the images or texts of a data set; --cache keeps their"
          + " embeddings, so that only the first search takes long.",
      ""
    },
    footer = {
      "",
      "--out writes hits.csv, result.json and index.html with pictures.",
      "",
      "Examples:",
      "  auscult search --model phantom --data phantom --query \"Large effusion on the left.\"",
      "  auscult search --model clip-vit-base-patch32/ --images radiographs/ --query-image new.png"
          + " --top 20 --out similar",
      "  auscult search --model phantom --data phantom --query-image thorax.png --find texts",
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SearchCommand implements Callable<Integer> {
  /** What is looked for. */
  enum Wanted {
    /** Images, each different one once. */
    IMAGES,
    /** Texts of a data set, each different one once. */
    TEXTS
  }

  @Option(names = "--model", required = true, paramLabel = "M", description = "The model.")
  private String model;

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = "--query",
      paramLabel = "TEXT",
      description = "What to look for, in words; may be given several times.")
  private List<String> texts = new ArrayList<>();

  @Option(
      names = "--query-image",
      paramLabel = "FILE",
      description = "What to look for, as an image; may be given several times.")
  private List<Path> pictures = new ArrayList<>();

  @Option(
      names = "--find",
      defaultValue = "images",
      paramLabel = "images|texts",
      description = "What to find; texts need --data (default: ${DEFAULT-VALUE}).")
  private Wanted wanted;

  @Option(
      names = "--top",
      defaultValue = "10",
      paramLabel = "K",
      description = "Hits shown per query (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(names = "--out", paramLabel = "DIR", description = "Folder for the results.")
  private @Nullable Path out;

  @Mixin private CacheOptions cacheOptions;

  @Mixin(name = "common")
  private CommonOptions common;

  private static final class Source {
    @Option(
        names = "--images",
        required = true,
        arity = "1..*",
        paramLabel = "PATH",
        description = "Images, or folders with all images below them.")
    private @Nullable List<Path> images;

    @Option(
        names = "--data",
        required = true,
        paramLabel = "D",
        description = "A data set: its images, or its texts.")
    private @Nullable String data;
  }

  @Override
  public Integer call() throws IOException {
    check();
    Run run =
        common
            .begin()
            .with("model", model)
            .with("images", source.images)
            .with("data", source.data)
            .with("query", texts)
            .with("query_image", pictures)
            .with("find", wanted)
            .with("top", top);
    if (out == null) {
      search(run, Optional.empty());
    } else {
      try (OutputFolder folder = OutputFolder.open(out)) {
        folder.claim("search", run.config());
        search(run, Optional.of(folder));
      }
    }
    return 0;
  }

  private void search(Run run, Optional<OutputFolder> folder) throws IOException {
    Optional<Dataset> dataset = Optional.ofNullable(source.data).map(Datasets::open);
    List<ImageItem> images = source.images == null ? List.of() : ImagePaths.list(source.images);
    List<ImageItem> queries = pictures.isEmpty() ? List.of() : ImagePaths.list(pictures);
    try (DualEncoder encoder = common.load(model)) {
      Embedder embedder = new Embedder(encoder, common.compute(), cacheOptions.cache());
      SearchPool pool =
          dataset
              .map(data -> SearchPool.of(data, wanted, embedder, common.progress()))
              .orElseGet(() -> SearchPool.of(images, embedder, common.progress()));
      SearchQueries asked = SearchQueries.of(texts, queries, embedder);
      SearchHits hits = SearchHits.find(asked, pool, top, common.threads(), common.progress());
      RunReport report =
          run.report(List.of(encoder.identity()), dataset.map(Provenance.Data::of), hits.figures());
      if (folder.isPresent()) {
        hits.write(folder.get().path(), report);
        common.console().remark("report: " + folder.get().file(RunReport.PAGE));
      }
      SkippedFile.remark(pool.skipped(), common.console());
      common.console().result(report, ConsoleTable.render(hits.table()));
    }
  }

  private void check() {
    if (texts.isEmpty() && pictures.isEmpty()) {
      throw new UsageException(
          "--query", "nothing to look for", "a text or an image", "give --query or --query-image");
    }
    for (String text : texts) {
      if (text.isBlank()) {
        throw new UsageException("--query", "an empty text", "words", "say what to look for");
      }
    }
    UsageException.requireAtLeast("--top", top, 1);
    if (wanted == Wanted.TEXTS && source.data == null) {
      throw new UsageException(
          "--find " + wanted.name().toLowerCase(Locale.ROOT),
          "--images, which have no texts",
          "--data",
          "name a data set with texts");
    }
  }
}
