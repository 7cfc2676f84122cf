package dev.auscult.cli;

import dev.auscult.base.ContentHash;
import dev.auscult.base.Seed;
import dev.auscult.data.ClassConceptPrior;
import dev.auscult.data.Combination;
import dev.auscult.data.Dataset;
import dev.auscult.data.Datasets;
import dev.auscult.embed.Embedder;
import dev.auscult.embed.EmbeddingCache;
import dev.auscult.model.DualEncoder;
import dev.auscult.report.ConsoleTable;
import dev.auscult.report.Provenance;
import dev.auscult.report.ResultJson;
import dev.auscult.report.RunReport;
import dev.auscult.report.StudyQuality;
import dev.auscult.report.StudyReport;
import dev.auscult.study.CellResult;
import dev.auscult.study.PlainClip;
import dev.auscult.study.Study;
import dev.auscult.study.StudyComparisons;
import dev.auscult.study.StudyConfig;
import dev.auscult.study.StudyData;
import dev.auscult.study.StudyResults;
import dev.auscult.study.TextMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares methods of adaptation. */
@Command(
    name = "study",
    header = "Compare ways to adapt a model: shares of data, splits, methods.",
    description = {
      "",
      "Fits every method on every split of every share of the training data, at once as many as"
          + " there are threads, and says which to use and how sure one can be. Writes the frozen"
          + " splits, predictions of every fit, tables (CSV, Markdown, LaTeX), curves and index.html."
          + " A finished fit is never computed again: the same command resumes. --seed overrides the"
          + " configuration's.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  auscult study configs/study-phantom.yaml --out study",
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class StudyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "CONFIG.yaml", description = "What to compare, on what.")
  private Path file;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder for fits and results.")
  private Path out;

  @Mixin private CacheOptions cacheOptions;

  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    StudyConfig config = configuration();
    Run run = common.begin().withSeed(config.seed());
    config.choices().forEach(run::with);
    run.with("prior_hash", hash(ClassConceptPrior.open(config.prior())).abbreviated());
    try (OutputFolder folder = OutputFolder.open(out);
        DualEncoder encoder = common.load(config.model());
        Beside beside = Beside.load(config.plainClip(), common)) {
      Dataset dataset = Datasets.open(config.data());
      run.with("weights", encoder.identity().weights().abbreviated())
          .with("data_hash", dataset.hash().hex());
      beside
          .encoder()
          .ifPresent(
              other -> run.with("plain_clip_weights", other.identity().weights().abbreviated()));
      folder.claim("study", run.config());
      Optional<String> finished = folder.finished();
      if (finished.isPresent()) {
        common.console().remark("finished already: " + folder.file("index.html"));
        common.console().result(finished.get(), folder.file("index.html").toString());
        return 0;
      }
      StudyReport found = study(config, encoder, beside, dataset, run, folder);
      RunReport report =
          run.report(
              Stream.concat(Stream.of(encoder), beside.encoder().stream())
                  .map(DualEncoder::identity)
                  .toList(),
              Optional.of(Provenance.Data.of(dataset)),
              found.figures());
      found.write(folder.path(), report);
      common.console().remark("report: " + folder.file("index.html"));
      common.console().result(report, ConsoleTable.render(found.brief()));
    }
    return 0;
  }

  /** Of every word that a prior contributes: a fit with other prompts is another fit. */
  private static ContentHash hash(List<ClassConceptPrior> priors) {
    List<List<String>> words = new ArrayList<>();
    for (ClassConceptPrior prior : priors) {
      words.add(List.of(prior.name(), prior.labelMode().term(), prior.noFinding().orElse("")));
      for (Combination combination : prior.combinations()) {
        words.add(List.of(combination.name(), combination.prompt()));
        words.add(combination.synonyms());
      }
    }
    return ContentHash.of("prior", ResultJson.line(new TreeMap<>(Map.of("words", words))));
  }

  private StudyReport study(
      StudyConfig config,
      DualEncoder encoder,
      Beside beside,
      Dataset dataset,
      Run run,
      OutputFolder folder)
      throws IOException {
    EmbeddingCache cache = cacheOptions.cache();
    StudyData data =
        StudyData.prepare(
            config,
            dataset,
            new Embedder(encoder, common.compute(), cache),
            beside
                .encoder()
                .map(
                    other ->
                        new PlainClip(
                            new Embedder(other, common.compute(), cache), other.logitScale())),
            folder.path(),
            common.progress());
    SkippedFile.writeInto(folder.path(), data.skipped());
    SkippedFile.remark(data.skipped(), common.console());
    data.allNotes().forEach(common.console()::remark);
    ContentHash hash = ContentHash.of("study", ResultJson.line(new TreeMap<>(run.config())));
    run.with("config_hash", hash.abbreviated());
    List<CellResult> cells =
        new Study(config, data, encoder.logitScale(), folder.path(), hash)
            .run(common.threads(), common.progress());
    StudyResults results = new StudyResults(data, cells);
    StudyComparisons comparisons =
        StudyComparisons.of(results, new Seed(config.seed()), common.threads(), common.progress());
    StudyReport.writePredictions(results, folder.path());
    return new StudyReport(
        results,
        comparisons,
        config.reference(),
        TextMap.all(config, results, encoder.logitScale(), common.threads(), common.progress()),
        StudyQuality.of(
            results,
            StudyReport.evaluated(results, comparisons, config.reference()),
            folder.path(),
            new Seed(config.seed()),
            common.threads(),
            common.progress()));
  }

  /** A model to show beside, if one was asked for. */
  private record Beside(Optional<DualEncoder> encoder) implements AutoCloseable {
    static Beside load(Optional<String> model, CommonOptions common) {
      return new Beside(model.map(common::load));
    }

    @Override
    public void close() {
      encoder.ifPresent(DualEncoder::close);
    }
  }

  private StudyConfig configuration() {
    StudyConfig config = StudyConfig.read(file);
    OptionalLong seed = common.givenSeed();
    return seed.isPresent() ? config.withSeed(seed.getAsLong()) : config;
  }
}
