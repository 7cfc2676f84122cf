package dev.auscult.cli;

import dev.auscult.model.VisionEncoder;
import dev.auscult.report.ConsoleTable;
import dev.auscult.report.Table;
import dev.auscult.report.Table.Column;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what a model is. */
@Command(
    name = "inspect",
    header = "Say what a model is: architecture, sizes, preprocessing, licence, hashes.",
    footer = {"", "Example:", "  auscult models inspect clip-vit-base-patch32/"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ModelsInspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "M", description = "The model.")
  private String model;

  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    try (VisionEncoder encoder = common.loadVision(model)) {
      Map<String, @Nullable Object> facts = ModelFacts.of(model, encoder);
      common
          .console()
          .result(
              common.begin().report(List.of(encoder.identity()), Optional.empty(), facts),
              ConsoleTable.render(table(facts)));
    }
    return 0;
  }

  private static Table table(Map<String, @Nullable Object> facts) {
    return new Table(
        "The model.",
        List.of(Column.words("what"), Column.words("value")),
        facts.entrySet().stream()
            .map(fact -> List.of(fact.getKey().replace('_', ' '), String.valueOf(fact.getValue())))
            .toList());
  }
}
