package dev.auscult.cli;

import dev.auscult.base.UsageException;
import dev.auscult.model.PhantomModel;
import dev.auscult.model.PublishedModel;
import dev.auscult.model.Registry;
import dev.auscult.report.ConsoleTable;
import dev.auscult.report.Table;
import dev.auscult.report.Table.Column;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the models that come with Auscult and the public ones that it knows. */
@Command(
    name = "list",
    header = "List the built-in models and the public ones that are known.",
    footer = {
      "",
      "Examples:",
      "  auscult models list",
      "  auscult models list --domain radiology --licence MIT",
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ModelsListCommand implements Callable<Integer> {
  @Option(
      names = "--domain",
      paramLabel = "NAME",
      description = "Only models of that domain, e.g. radiology, dermatology, pathology.")
  private @Nullable String domain;

  @Option(
      names = "--licence",
      paramLabel = "NAME",
      description = "Only models whose licence's name contains this, e.g. MIT.")
  private @Nullable String licence;

  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    refuseUnknown("--domain", domain, PublishedModel::domains);
    refuseUnknown("--licence", licence, model -> List.of(model.licence().name()));
    List<PublishedModel> known =
        Registry.standard().models().stream().filter(this::isWanted).toList();
    boolean filtered = domain != null || licence != null;
    List<PhantomModel> phantoms = filtered ? List.of() : List.of(PhantomModel.values());
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("models", phantoms.stream().map(PhantomModel::spec).toList());
    result.put("known", known.stream().map(ModelFacts::of).toList());
    String builtIn = filtered ? "" : ConsoleTable.render(builtIn()) + "\n";
    common
        .console()
        .result(
            common.begin().report(List.of(), Optional.empty(), result),
            builtIn + ConsoleTable.render(table(known)));
    common
        .console()
        .remark(
            "'auscult models inspect M' says more; licences as far as known, their texts decide.");
    return 0;
  }

  /** A word that fits no model at all is more likely misspelt than meant. */
  private static void refuseUnknown(
      String option, @Nullable String part, Function<PublishedModel, List<String>> names) {
    List<String> known =
        Registry.standard().models().stream()
            .flatMap(model -> names.apply(model).stream())
            .distinct()
            .sorted()
            .toList();
    if (part != null && known.stream().noneMatch(name -> contains(name, part))) {
      throw new UsageException(
          option + " " + part,
          "no public model of it",
          "a part of one of these: " + String.join("; ", known),
          "correct it, or leave it out to see all models");
    }
  }

  private boolean isWanted(PublishedModel model) {
    return (domain == null || model.domains().stream().anyMatch(each -> contains(each, domain)))
        && (licence == null || contains(model.licence().name(), licence));
  }

  private static boolean contains(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private static Table builtIn() {
    return new Table(
        "Models that come with Auscult.",
        List.of(Column.words("model"), Column.words("trained on")),
        Arrays.stream(PhantomModel.values())
            .map(model -> List.of(model.spec(), training(model)))
            .toList());
  }

  private static Table table(List<PublishedModel> known) {
    return new Table(
        "Public models.",
        List.of(
            Column.words("model"),
            Column.words("architecture"),
            Column.words("domain"),
            Column.words("licence"),
            Column.words("loads")),
        known.stream()
            .map(
                model ->
                    List.of(
                        model.hub().map(hub -> "hf:" + hub).orElse(model.id() + " (folder)"),
                        model.architecture(),
                        String.join(", ", model.domains()),
                        model.licence().name(),
                        model.loads()))
            .toList());
  }

  private static String training(PhantomModel model) {
    return switch (model) {
      case BALANCED -> "phantom radiographs and their captions";
      case OVERLAY_SHORTCUT -> "phantom radiographs whose burned-in text gives the finding away";
      case TEXT_SHORTCUT -> "phantom questions whose wording gives the answer away";
    };
  }
}
