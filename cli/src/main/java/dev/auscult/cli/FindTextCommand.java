package dev.auscult.cli;

import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import dev.auscult.base.UsageException;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.data.TextPlaces;
import dev.auscult.image.lettering.TextFinder;
import dev.auscult.overlay.FinderTrial;
import dev.auscult.overlay.FoundInImage;
import dev.auscult.overlay.PlaceTrial;
import dev.auscult.overlay.TextSearch;
import dev.auscult.report.ConsoleTable;
import dev.auscult.report.FoundTextReport;
import dev.auscult.report.Provenance;
import dev.auscult.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks for text that images carry already. */
@Command(
    name = "find-text",
    header = "Find text that is burned into images already.",
    description = {
      "",
      "Regions of the shape of letters that stand out from an even ground, in lines or alone near"
          + " the border; without learned weights and without reading. boxes.csv has the places,"
          + " images.csv how much the most text-like place of each image looks like text.",
      "",
      "--plant measures the search itself on images that carry no text: texts of several sizes,"
          + " typefaces and contrasts are burned into every second image.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  auscult find-text --data vqa-rad:data/vqa-rad --out text",
      "  auscult find-text --data phantom:n=256,size=256 --plant --out finder",
      "  auscult find-text --data vqa-rad:data/vqa-rad --marked benchmarks/text/vqa-rad-test.csv"
          + " --out finder",
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class FindTextCommand implements Callable<Integer> {
  @Option(names = "--data", required = true, paramLabel = "D", description = "The images.")
  private String data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the results.")
  private Path out;

  @Option(
      names = "--plant",
      description = "Burn texts into every second image and measure recall and precision.")
  private boolean plant;

  @Option(
      names = "--marked",
      paramLabel = "FILE",
      description =
          "Measure recall and precision on the images of this CSV, whose places with text a person"
              + " has marked: image (file name), left, top, right, bottom in pixels; a row without"
              + " numbers for an image without text.")
  private @Nullable Path marked;

  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    if (plant && marked != null) {
      throw new UsageException(
          "--plant and --marked", "both", "one of them", "measure on one kind of text at a time");
    }
    Run run =
        common
            .begin()
            .with("data", data)
            .with("plant", plant)
            .with("marked", marked == null ? null : String.valueOf(marked))
            .with("finder", TextFinder.VERSION)
            .with("threshold", TextFinder.THRESHOLD);
    try (OutputFolder folder = OutputFolder.open(out)) {
      Dataset dataset = Datasets.open(data);
      folder.claim("find-text", run.config());
      TextSearch search = search(dataset);
      long begun = System.nanoTime();
      List<FoundInImage> found = search.run(common.threads(), common.progress());
      double milliseconds = (System.nanoTime() - begun) / 1e6;
      if (found.isEmpty()) {
        throw new InputException(
            dataset.name(), "no image that can be read", "at least one", "check the data");
      }
      Optional<FinderTrial> trial = plant ? Optional.of(search.trial(found)) : Optional.empty();
      Optional<PlaceTrial> places =
          marked == null ? Optional.empty() : Optional.of(search.placeTrial(found));
      RunReport report =
          run.report(
              List.of(),
              Optional.of(Provenance.Data.of(dataset)),
              FoundTextReport.figures(found, trial, places, search.skipped().size()));
      SkippedFile.writeInto(folder.path(), search.skipped());
      FoundTextReport page = new FoundTextReport(found, trial, places, report);
      page.write(folder.path());
      SkippedFile.remark(search.skipped(), common.console());
      common.console().result(report, ConsoleTable.render(page.table()));
      common
          .console()
          .remark(
              String.format(
                  Locale.ROOT, "%.0f ms per image, with reading", milliseconds / found.size()));
      common.console().remark("report: " + folder.file(RunReport.PAGE));
    }
    return 0;
  }

  private TextSearch search(Dataset dataset) {
    Seed seed = new Seed(common.seed());
    return marked == null
        ? new TextSearch(dataset.samples(), plant, seed)
        : TextSearch.marked(dataset.samples(), TextPlaces.read(marked), seed);
  }
}
