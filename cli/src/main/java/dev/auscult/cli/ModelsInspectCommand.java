package dev.auscult.cli;

import dev.auscult.image.ImageTransform;
import dev.auscult.model.DualEncoder;
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

/** Says what a model is. */
@Command(
    name = "inspect",
    header = "Say what a model is: architecture, sizes, preprocessing, hashes.",
    footer = {"", "Example:", "  auscult models inspect clip-vit-base-patch32/"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ModelsInspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "M", description = "The model.")
  private String model;

  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    try (DualEncoder encoder = common.load(model)) {
      Map<String, @Nullable Object> facts = facts(encoder);
      common
          .console()
          .result(
              common.begin().report(List.of(encoder.identity()), Optional.empty(), facts),
              ConsoleTable.render(table(facts)));
    }
    return 0;
  }

  private static Map<String, @Nullable Object> facts(DualEncoder encoder) {
    ImageTransform transform = encoder.imageTransform();
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("model", encoder.identity().name());
    facts.put("family", encoder.identity().family());
    facts.put("dimension", encoder.dimension());
    facts.put("logit_scale", encoder.logitScale());
    facts.put("image_size", encoder.patchGrid().imageSize());
    facts.put("patch_size", encoder.patchGrid().patchSize());
    facts.put("patches", encoder.patchGrid().count());
    facts.put("resize", transform.resize().toString());
    facts.put("resample", transform.resample());
    facts.put("context_length", encoder.tokenizer().contextLength());
    facts.put("vocabulary", encoder.tokenizer().vocabularySize());
    facts.put("weights", encoder.identity().weights().hex());
    facts.put("configuration", encoder.identity().configuration().hex());
    return facts;
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
