package dev.auscult.cli;

import dev.auscult.base.ContentHash;
import dev.auscult.base.UsageException;
import dev.auscult.card.CardSeal;
import dev.auscult.card.CardSeal.Verification;
import dev.auscult.card.JoinPolicy;
import dev.auscult.card.JoinedResults;
import dev.auscult.card.ReportCard;
import dev.auscult.card.ResultFolder;
import dev.auscult.report.ResultJson;
import dev.auscult.report.RunReport;
import dev.auscult.report.SimpleReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Joins results into a report card, or verifies one. */
@Command(
    name = "card",
    header = "Join the results on one model and data set into a report card sealed by hashes.",
    description = {
      "",
      "Reads the output folders of earlier commands (evaluate, audit, overlay, retrieve, features,"
          + " adapt, study, sketches, and any other that writes result.json) and writes one page in"
          + " the sections of model cards: what is known, what is missing, and which command would"
          + " fill it. Results of another model or data set, by their hashes, are refused.",
      "",
      "card.json lists the SHA-256 of the page, of every result and row file, and of weights and"
          + " data; --verify computes them anew and tells what changed (exit code 1).",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  auscult card --out card sketched evaluated audited",
      "  auscult card --out card --use \"Triage research at one site\" evaluated audited",
      "  auscult card --verify card --expect 5b1c...",
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class CardCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "RESULT_DIR",
      description = "Output folders of earlier commands.")
  private @Nullable List<Path> results;

  @Option(names = "--out", paramLabel = "DIR", description = "Folder for the card.")
  private @Nullable Path out;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Which model, where the results have several in common.")
  private @Nullable String model;

  @Option(
      names = "--use",
      paramLabel = "TEXT",
      description = "What the model is meant for, for the card's intended use.")
  private @Nullable String use;

  @Option(
      names = "--mixed",
      description = "Join results of other models or data too; the card says which.")
  private boolean mixed;

  @Option(names = "--verify", paramLabel = "DIR", description = "Verify the card in this folder.")
  private @Nullable Path verify;

  @Option(
      names = "--expect",
      paramLabel = "HASH",
      description = "With --verify: the card's hash as it was kept elsewhere.")
  private @Nullable String expected;

  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    List<Path> folders = results == null ? List.of() : results;
    if (verify != null) {
      if (out != null || !folders.isEmpty()) {
        throw new UsageException(
            "--verify " + verify,
            out != null ? "--out beside it" : "a result folder beside it",
            "a card that exists, and --expect HASH",
            "make a card and verify it in two commands");
      }
      return verified(verify);
    }
    if (expected != null) {
      throw new UsageException(
          "--expect " + expected, "no --verify", "the card to verify", "add --verify DIR");
    }
    if (out == null || folders.isEmpty()) {
      throw new UsageException(
          "auscult card",
          out == null ? "no --out" : "no result folder",
          "--out DIR and the output folders of earlier commands",
          "or --verify DIR for a card that exists");
    }
    JoinedResults joined =
        JoinedResults.of(
            folders.stream().map(ResultFolder::read).toList(),
            Optional.ofNullable(model),
            mixed ? JoinPolicy.MIXED : JoinPolicy.SAME);
    ReportCard card = ReportCard.of(joined, Optional.ofNullable(use));
    Run run =
        common
            .begin()
            .with("results", folders.stream().map(Path::toString).toList())
            .with("model", model)
            .with("use", use)
            .with("mixed", mixed);
    try (OutputFolder folder = OutputFolder.open(out)) {
      folder.claim("card", run.config());
      write(card, run, folder);
    }
    return 0;
  }

  private void write(ReportCard card, Run run, OutputFolder folder) throws IOException {
    RunReport report =
        run.report(List.of(card.results().model()), card.results().data(), card.json());
    new SimpleReport(card.title(), card.finding(), card.sections(), report).write(folder.path());
    ContentHash hash = CardSeal.seal(folder.path(), card, List.of(RunReport.PAGE, RunReport.FILE));
    common.console().remark("report: " + folder.file(RunReport.PAGE));
    common.console().result(report, "%s\nhash %s".formatted(card.finding(), hash.hex()));
  }

  private int verified(Path folder) {
    Verification found = CardSeal.verify(folder, Optional.ofNullable(expected));
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("hash", found.hash().hex());
    json.put("files", found.files());
    json.put("changes", found.changes());
    String text =
        found.changes().isEmpty()
            ? "nothing changed in %d files; hash %s".formatted(found.files(), found.hash().hex())
            : String.join("\n", found.changes());
    common.console().result(ResultJson.pretty(json), text);
    return found.changes().isEmpty() ? 0 : 1;
  }
}
