package dev.auscult.report;

import dev.auscult.balance.GroupBalance;
import dev.auscult.report.Table.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The modality balance of groups of samples, as a part of a report.
 *
 * @param models by what the report calls a model, then by attribute
 */
public record GroupBalances(Map<String, Map<String, List<GroupBalance>>> models) {

  /** Copies the map. */
  public GroupBalances {
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
  }

  /** Whether no attribute was asked for. */
  public boolean isEmpty() {
    return models.values().stream().allMatch(Map::isEmpty);
  }

  /** The groups of a model as scripts read them, by attribute and value. */
  public Map<String, @Nullable Object> toJson(String model) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    models
        .getOrDefault(model, Map.of())
        .forEach(
            (attribute, groups) -> {
              Map<String, @Nullable Object> values = new LinkedHashMap<>();
              groups.forEach(group -> values.put(group.value(), group.toJson()));
              json.put(attribute, values);
            });
    return json;
  }

  /** The part of a report about them. */
  public Section section() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Block.paragraph(
            "The balance of each group of samples, its size first. Groups of too few patients are"
                + " shown and not compared with the others. That an interval of a difference holds 0"
                + " is no proof that there is none, and among many groups one that does not hold 0"
                + " is to be expected."));
    models.forEach(
        (model, attributes) ->
            attributes.forEach(
                (attribute, groups) -> blocks.add(Block.table(table(model, attribute, groups)))));
    return new Section("Groups", blocks);
  }

  private static Table table(String model, String attribute, List<GroupBalance> groups) {
    boolean selected = groups.stream().anyMatch(group -> group.accuracy().isPresent());
    List<Column> columns =
        new ArrayList<>(
            List.of(
                Column.words(attribute),
                Column.numbers("samples"),
                Column.numbers("patients"),
                Column.numbers("TScore"),
                Column.numbers("delta"),
                Column.numbers("delta − that of the others")));
    if (selected) {
      columns.add(Column.numbers("accuracy"));
    }
    List<List<String>> rows = new ArrayList<>();
    for (GroupBalance group : groups) {
      List<String> row = new ArrayList<>(List.of(group.value()));
      row.add(Figures.count(group.n()));
      row.add(Figures.count(group.patients()));
      row.add(Figures.interval(group.tscore()));
      row.add(Figures.interval(group.delta()));
      row.add(group.difference().map(Figures::interval).orElse("not compared"));
      if (selected) {
        row.add(group.accuracy().map(Figures::percents).orElse(Figures.UNDEFINED));
      }
      rows.add(row);
    }
    return new Table(
        "%s by %s, with 95 %% intervals by patient.".formatted(model, attribute), columns, rows);
  }
}
