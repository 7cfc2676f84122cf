package dev.auscult.cli;

import dev.auscult.base.Seed;
import dev.auscult.data.phantom.Finding;
import dev.auscult.data.phantom.PhantomConfig;
import dev.auscult.data.phantom.PhantomDataset;
import dev.auscult.data.phantom.PhantomWriter;
import dev.auscult.data.phantom.Site;
import dev.auscult.report.Block;
import dev.auscult.report.Figures;
import dev.auscult.report.Provenance;
import dev.auscult.report.RunReport;
import dev.auscult.report.Section;
import dev.auscult.report.SimpleReport;
import dev.auscult.report.Table;
import dev.auscult.report.Table.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Draws synthetic radiographs. */
@Command(
    name = "phantom",
    header = "Draw synthetic chest radiographs whose truth is known.",
    description = {
      "",
      "Writes images, masks of lesions and burned-in text, captions, questions with answers and"
          + " patient attributes. The folder can be given to --data; truth.jsonl has everything.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  auscult phantom --out phantoms --n 500 --seed 7",
      "  auscult phantom --out harmed --n 500 --degraded-site B",
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PhantomCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the phantoms.")
  private Path out;

  @Option(
      names = "--degraded-site",
      paramLabel = "A|B|C",
      description =
          "Blur the images of this site and add noise, to plant a harm to its patients that an"
              + " evaluation must find.")
  private @Nullable Site degraded;

  private int n;

  @Mixin(name = "common")
  private CommonOptions common;

  @Option(
      names = "--n",
      required = true,
      paramLabel = "N",
      description = "How many phantoms to draw.")
  void count(int count) {
    if (count < 1) {
      throw new ParameterException(
          spec.commandLine(), "--n: found " + count + "; expected 1 or more");
    }
    n = count;
  }

  @Override
  public Integer call() throws IOException {
    PhantomConfig drawn = PhantomConfig.of(n, new Seed(common.seed()));
    PhantomDataset phantoms =
        new PhantomDataset(degraded == null ? drawn : drawn.withDegraded(degraded));
    Run run = common.begin().with("n", n).with("size", phantoms.config().size());
    if (degraded != null) {
      run.with("degraded_site", degraded);
    }
    try (OutputFolder folder = OutputFolder.open(out)) {
      folder.claim("phantom", run.config());
      Path manifest = PhantomWriter.write(phantoms, folder.path(), common.progress());
      RunReport report =
          run.report(
              List.of(), Optional.of(Provenance.Data.of(phantoms)), figures(phantoms, manifest));
      page(phantoms, report).write(folder.path());
      common.console().result(report, "%d phantoms: %s".formatted(n, manifest));
    }
    return 0;
  }

  private static Map<String, @Nullable Object> figures(PhantomDataset phantoms, Path manifest) {
    Map<String, @Nullable Object> figures = new LinkedHashMap<>();
    figures.put("manifest", manifest.getFileName());
    figures.put("n", phantoms.config().n());
    figures.put("findings", counts(phantoms));
    return figures;
  }

  private static Map<String, Integer> counts(PhantomDataset phantoms) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    Arrays.stream(Finding.values()).forEach(finding -> counts.put(finding.prompt(), 0));
    IntStream.range(0, phantoms.config().n())
        .mapToObj(index -> phantoms.phantom(index).finding().prompt())
        .forEach(prompt -> counts.merge(prompt, 1, Integer::sum));
    return counts;
  }

  private static SimpleReport page(PhantomDataset phantoms, RunReport report) {
    Table findings =
        new Table(
            "How often each finding is drawn.",
            List.of(Column.words("finding"), Column.numbers("images")),
            counts(phantoms).entrySet().stream()
                .map(entry -> List.of(entry.getKey(), Figures.count(entry.getValue())))
                .toList());
    return new SimpleReport(
        "Phantom radiographs",
        "%s synthetic images; they resemble radiographs in what can be known about them, not in"
                .formatted(Figures.count(phantoms.config().n()))
            + " how they look.",
        List.of(Section.of("Findings", Block.table(findings))),
        report);
  }
}
