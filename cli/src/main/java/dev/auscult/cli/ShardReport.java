package dev.auscult.cli;

import dev.auscult.balance.ModalityBalanceAudit.Outcome;
import dev.auscult.balance.Shard;
import dev.auscult.report.Table;
import dev.auscult.report.Table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of an audit a shard did; figures need all samples, so a part has none.
 *
 * @param shard which part
 * @param outcomes by the name of model and preset
 */
record ShardReport(Shard shard, Map<String, Outcome> outcomes) {

  /**
   * The result of a shard's {@code result.json}.
   *
   * @param arguments of its command line, from which the whole audit is made again
   */
  Map<String, @Nullable Object> toJson(List<String> arguments) {
    List<Map<String, @Nullable Object>> models = new ArrayList<>();
    outcomes.forEach(
        (name, outcome) -> {
          Map<String, @Nullable Object> model = new LinkedHashMap<>();
          model.put("model", name);
          model.put("samples", outcome.samples().size());
          model.put("encoder_passes", outcome.balance().cost().encoderPasses());
          model.put("seconds", outcome.balance().cost().seconds());
          models.add(model);
        });
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put(ShardFolder.SHARD, shard.label());
    json.put(ShardFolder.ARGUMENTS, arguments);
    json.put("models", models);
    return json;
  }

  /** The same for a terminal. */
  Table table() {
    List<Column> columns =
        List.of(Column.words("model"), Column.numbers("samples"), Column.numbers("passes"));
    List<List<String>> rows = new ArrayList<>();
    outcomes.forEach(
        (name, outcome) ->
            rows.add(
                List.of(
                    name,
                    String.valueOf(outcome.samples().size()),
                    String.valueOf(outcome.balance().cost().encoderPasses()))));
    return new Table("Shard " + shard.label(), columns, rows);
  }
}
