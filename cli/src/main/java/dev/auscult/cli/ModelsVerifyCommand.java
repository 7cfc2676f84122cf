package dev.auscult.cli;

import dev.auscult.model.ModelCheck;
import dev.auscult.model.VisionEncoder;
import dev.auscult.report.ConsoleTable;
import dev.auscult.report.Table;
import dev.auscult.report.Table.Column;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks that a model computes what it should. */
@Command(
    name = "verify",
    header = "Check that a model computes what it should.",
    description = {
      "",
      "Compares the embeddings of a test image and a test text with stored ones of the reference"
          + " implementation where there are any, and checks what holds of every model: finite unit"
          + " embeddings, the same alone as in a batch, symmetric scores, tokens that cover their"
          + " text. Exit code 1 if a check fails.",
      ""
    },
    footer = {"", "Example:", "  auscult models verify phantom"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ModelsVerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "M", description = "The model.")
  private String model;

  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    try (VisionEncoder encoder = common.loadVision(model)) {
      List<ModelCheck.Finding> findings = ModelCheck.of(encoder);
      boolean passed = findings.stream().allMatch(ModelCheck.Finding::passed);
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("passed", passed);
      result.put("checks", findings.stream().map(ModelsVerifyCommand::json).toList());
      common
          .console()
          .result(
              common.begin().report(List.of(encoder.identity()), Optional.empty(), result),
              ConsoleTable.render(table(findings)));
      return passed ? 0 : 1;
    }
  }

  private static Map<String, @Nullable Object> json(ModelCheck.Finding finding) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("check", finding.what());
    json.put("passed", finding.passed());
    json.put("figures", finding.detail());
    return json;
  }

  private static Table table(List<ModelCheck.Finding> findings) {
    return new Table(
        "What was checked.",
        List.of(Column.words("check"), Column.words("holds"), Column.words("figures")),
        findings.stream()
            .map(found -> List.of(found.what(), found.passed() ? "yes" : "NO", found.detail()))
            .toList());
  }
}
