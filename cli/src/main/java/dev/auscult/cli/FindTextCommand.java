package dev.auscult.cli;

import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.image.lettering.TextFinder;
import dev.auscult.overlay.FinderTrial;
import dev.auscult.overlay.FoundInImage;
import dev.auscult.overlay.TextSearch;
import dev.auscult.report.ConsoleTable;
import dev.auscult.report.FoundTextReport;
import dev.auscult.report.Provenance;
import dev.auscult.report.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks for text that images carry already. */
@Command(
    name = "find-text",
    header = "Find text that is burned into images already.",
    description = {
      "",
      "Thin strokes of the shape of letters on an even ground, in lines or alone near the border;"
          + " without learned weights and without reading. boxes.csv has the places, images.csv how"
          + " much the most text-like place of each image looks like text.",
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

  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    Run run =
        common
            .begin()
            .with("data", data)
            .with("plant", plant)
            .with("finder", TextFinder.VERSION)
            .with("threshold", TextFinder.THRESHOLD);
    try (OutputFolder folder = OutputFolder.open(out)) {
      Dataset dataset = Datasets.open(data);
      folder.claim("find-text", run.config());
      TextSearch search = new TextSearch(dataset.samples(), plant, new Seed(common.seed()));
      List<FoundInImage> found = search.run(common.threads(), common.progress());
      if (found.isEmpty()) {
        throw new InputException(
            dataset.name(), "no image that can be read", "at least one", "check the data");
      }
      Optional<FinderTrial> trial = plant ? Optional.of(search.trial(found)) : Optional.empty();
      RunReport report =
          run.report(
              List.of(),
              Optional.of(Provenance.Data.of(dataset)),
              FoundTextReport.figures(found, trial, search.skipped().size()));
      SkippedFile.writeInto(folder.path(), search.skipped());
      FoundTextReport page = new FoundTextReport(found, trial, report);
      page.write(folder.path());
      SkippedFile.remark(search.skipped(), common.console());
      common.console().result(report, ConsoleTable.render(page.table()));
      common.console().remark("report: " + folder.file(RunReport.PAGE));
    }
    return 0;
  }
}
