package dev.auscult.report;

import dev.auscult.metric.Estimate;
import dev.auscult.metric.TestedDifference;
import dev.auscult.report.Table.Column;
import dev.auscult.retrieval.Direction;
import dev.auscult.retrieval.DirectionResult;
import dev.auscult.retrieval.GroupRetrieval;
import dev.auscult.retrieval.RetrievalComparison;
import dev.auscult.retrieval.RetrievalFigure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The tables of an evaluation of retrieval.
 *
 * @param results by model and direction
 */
public record RetrievalTables(Map<String, Map<Direction, DirectionResult>> results) {
  private static final String CHANCE = "chance";

  /** Every figure of every model in both directions, beside what chance gives. */
  public Table figures() {
    List<Column> columns = new ArrayList<>(List.of(Column.words("direction")));
    columns.addAll(columns());
    List<List<String>> rows = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      for (List<String> row : rows(direction)) {
        List<String> whole = new ArrayList<>(List.of(direction.words()));
        whole.addAll(row);
        rows.add(whole);
      }
    }
    return new Table("Retrieval with 95 % intervals by patient, and by chance.", columns, rows);
  }

  /** The same of one direction, narrow enough for a page. */
  Table figures(Direction direction) {
    DirectionResult any = results.values().iterator().next().get(direction);
    return new Table(
        "%s, with 95 %% intervals by patient: %s, %s."
            .formatted(
                direction.words(),
                any == null ? "" : Figures.count(any.ranks().size()) + " queries",
                any == null ? "" : Figures.count(any.candidates()) + " candidates"),
        columns(),
        rows(direction));
  }

  private static List<Column> columns() {
    List<Column> columns = new ArrayList<>(List.of(Column.words("model")));
    for (RetrievalFigure figure : RetrievalFigure.values()) {
      columns.add(Column.numbers(title(figure)));
    }
    return columns;
  }

  private List<List<String>> rows(Direction direction) {
    List<List<String>> rows = new ArrayList<>();
    results.forEach(
        (model, both) -> {
          DirectionResult result = both.get(direction);
          if (result != null) {
            rows.add(row(model, figure -> cell(figure, result.figure(figure))));
          }
        });
    results.values().stream()
        .limit(1)
        .flatMap(both -> Stream.ofNullable(both.get(direction)))
        .forEach(result -> rows.add(row(CHANCE, figure -> chance(figure, result))));
    return rows;
  }

  private static List<String> row(String name, Function<RetrievalFigure, String> cell) {
    return Stream.concat(Stream.of(name), Arrays.stream(RetrievalFigure.values()).map(cell))
        .toList();
  }

  private static String chance(RetrievalFigure figure, DirectionResult result) {
    double value = result.chance().getOrDefault(figure, Double.NaN);
    return Figures.decimal(value * factor(figure), decimals(figure));
  }

  private static String cell(RetrievalFigure figure, Estimate estimate) {
    return Figures.interval(estimate.affine(factor(figure), 0), decimals(figure));
  }

  /** Recall is shown in percent. */
  private static String title(RetrievalFigure figure) {
    return figure.isRecall() ? figure.title() + ", %" : figure.title();
  }

  private static double factor(RetrievalFigure figure) {
    return figure.isRecall() ? 100 : 1;
  }

  private static int decimals(RetrievalFigure figure) {
    return figure == RetrievalFigure.MRR ? 3 : 1;
  }

  /** The attributes by which queries are told apart. */
  public Set<String> attributes() {
    Set<String> attributes = new TreeSet<>();
    results.values().stream()
        .flatMap(both -> both.values().stream())
        .forEach(result -> attributes.addAll(result.groups().keySet()));
    return attributes;
  }

  /** The groups of an attribute under one model, their sizes first. */
  Table groups(String attribute, String model, Direction direction) {
    List<RetrievalFigure> shown = shown();
    List<Column> columns =
        new ArrayList<>(
            List.of(
                Column.words(attribute), Column.numbers("queries"), Column.numbers("patients")));
    shown.forEach(figure -> columns.add(Column.numbers(title(figure))));
    columns.add(Column.numbers("MRR − that of the others"));
    columns.add(Column.numbers("p (Holm)"));
    List<List<String>> rows = new ArrayList<>();
    DirectionResult result = results.getOrDefault(model, Map.of()).get(direction);
    if (result != null) {
      for (GroupRetrieval group : result.groups().getOrDefault(attribute, List.of())) {
        List<String> row = new ArrayList<>(List.of(group.value()));
        row.add(Figures.count(group.queries()));
        row.add(Figures.count(group.patients()));
        shown.forEach(figure -> row.add(cell(figure, group.figure(figure))));
        TestedDifference tested = group.differences().get(RetrievalFigure.MRR);
        row.add(tested == null ? "not compared" : Figures.interval(tested.difference()));
        row.add(tested == null ? "" : Figures.pValue(tested.adjusted()));
        rows.add(row);
      }
    }
    return new Table(
        "%s, %s by %s, with 95 %% intervals by patient."
            .formatted(model, direction.words(), attribute),
        columns,
        rows);
  }

  private static List<RetrievalFigure> shown() {
    return List.of(RetrievalFigure.RECALL_AT_10, RetrievalFigure.MRR);
  }

  /** The largest differences between compared groups. */
  public Table gaps() {
    List<RetrievalFigure> shown = shown();
    List<Column> columns =
        new ArrayList<>(
            List.of(Column.words("attribute"), Column.words("direction"), Column.words("model")));
    shown.forEach(figure -> columns.add(Column.numbers(title(figure))));
    List<List<String>> rows = new ArrayList<>();
    results.forEach(
        (model, both) ->
            both.forEach(
                (direction, result) ->
                    result
                        .gaps()
                        .forEach(
                            (attribute, sizes) -> {
                              List<String> row =
                                  new ArrayList<>(List.of(attribute, direction.words(), model));
                              for (RetrievalFigure figure : shown) {
                                row.add(
                                    cell(figure, sizes.getOrDefault(figure, Estimate.undefined())));
                              }
                              rows.add(row);
                            })));
    return new Table("Gaps: largest minus smallest figure of the compared groups.", columns, rows);
  }

  /** How much better models are than others. */
  public static Table comparisons(List<RetrievalComparison> comparisons) {
    return new Table(
        "Differences between models, paired by query; p of Fisher's randomisation test by patient, and"
            + " after Holm's correction over all of them.",
        List.of(
            Column.words("models"),
            Column.words("direction"),
            Column.words("figure"),
            Column.numbers("first − second"),
            Column.numbers("p"),
            Column.numbers("p (Holm)")),
        comparisons.stream()
            .map(
                one ->
                    List.of(
                        one.first() + " − " + one.second(),
                        one.direction().words(),
                        one.figure().title(),
                        Figures.interval(one.difference().difference()),
                        Figures.pValue(one.difference().p()),
                        Figures.pValue(one.adjusted())))
            .toList());
  }
}
