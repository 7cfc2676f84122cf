package dev.auscult.cli;

import dev.auscult.model.PhantomModel;
import dev.auscult.report.ConsoleTable;
import dev.auscult.report.Table;
import dev.auscult.report.Table.Column;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the models that come with Auscult. */
@Command(name = "list", header = "List the models that come with Auscult.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ModelsListCommand implements Callable<Integer> {
  @Mixin(name = "common")
  private CommonOptions common;

  @Override
  public Integer call() throws IOException {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("models", Arrays.stream(PhantomModel.values()).map(PhantomModel::spec).toList());
    common.console().remark(PhantomModel.NOTICE);
    common
        .console()
        .result(
            common.begin().report(List.of(), Optional.empty(), result),
            ConsoleTable.render(table()));
    return 0;
  }

  private static Table table() {
    return new Table(
        "Models that come with Auscult; any folder in Hugging Face CLIP layout is one too.",
        List.of(Column.words("model"), Column.words("trained on")),
        Arrays.stream(PhantomModel.values())
            .map(model -> List.of(model.spec(), training(model)))
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
