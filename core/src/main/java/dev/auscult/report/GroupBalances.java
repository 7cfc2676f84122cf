package dev.auscult.report;

import dev.auscult.balance.GroupBalance;
import dev.auscult.metric.TestedDifference;
import dev.auscult.report.Table.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
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

  /** The same with p-values after Holm's correction over all groups and models. */
  public GroupBalances corrected() {
    Iterator<TestedDifference> corrected = TestedDifference.corrected(tests()).iterator();
    Map<String, Map<String, List<GroupBalance>>> result = new LinkedHashMap<>();
    models.forEach(
        (model, attributes) -> {
          Map<String, List<GroupBalance>> own = new LinkedHashMap<>();
          attributes.forEach(
              (attribute, groups) ->
                  own.put(
                      attribute,
                      groups.stream()
                          .map(
                              group ->
                                  group.difference().isPresent()
                                      ? group.with(corrected.next())
                                      : group)
                          .toList()));
          result.put(model, own);
        });
    return new GroupBalances(result);
  }

  private List<TestedDifference> tests() {
    return models.values().stream()
        .flatMap(attributes -> attributes.values().stream())
        .flatMap(List::stream)
        .flatMap(group -> group.difference().stream())
        .toList();
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
                + " shown and not compared with the others. "
                + found()));
    models.forEach(
        (model, attributes) ->
            attributes.forEach(
                (attribute, groups) -> blocks.add(Block.table(table(model, attribute, groups)))));
    return new Section("Groups", blocks);
  }

  /** Which groups differ, over all tests of the audit. */
  private String found() {
    List<String> found = new ArrayList<>();
    models.forEach(
        (model, attributes) ->
            attributes.forEach(
                (attribute, groups) ->
                    groups.stream()
                        .filter(
                            group ->
                                group
                                    .difference()
                                    .filter(TestedDifference::significant)
                                    .isPresent())
                        .map(group -> name(model, attribute, group))
                        .forEach(found::add)));
    if (tests().isEmpty()) {
      return "None is large enough.";
    }
    return "%s of a group against the others were made (Student's t by patient, Holm's correction over"
            .formatted(Figures.count(tests().size(), "test"))
        + " all of them, level "
        + Figures.decimal(TestedDifference.LEVEL, 2)
        + "). "
        + (found.isEmpty()
            ? "No group differs beyond chance, which is no proof that none does."
            : "Balanced otherwise than the others beyond chance: "
                + String.join("; ", found)
                + ".");
  }

  private String name(String model, String attribute, GroupBalance group) {
    return "%s%s %s".formatted(models.size() == 1 ? "" : model + ": ", attribute, group.value());
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
                Column.numbers("delta − that of the others"),
                Column.numbers("p (Holm)")));
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
      row.add(
          group
              .difference()
              .map(tested -> Figures.interval(tested.difference()))
              .orElse("not compared"));
      row.add(group.difference().map(tested -> Figures.pValue(tested.adjusted())).orElse(""));
      if (selected) {
        row.add(group.accuracy().map(Figures::percents).orElse(Figures.UNDEFINED));
      }
      rows.add(row);
    }
    return new Table(
        "%s by %s, with 95 %% intervals by patient.".formatted(model, attribute), columns, rows);
  }
}
