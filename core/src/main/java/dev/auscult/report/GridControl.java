package dev.auscult.report;

import dev.auscult.balance.ModelComparison;
import dev.auscult.metric.Estimate;
import dev.auscult.report.Charts.Axes;
import dev.auscult.report.Charts.Curve;
import dev.auscult.report.Table.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How IScore depends on what a study is free to choose: into how many cells the image is cut, and
 * how long the texts are.
 *
 * @param points IScore of each model on each grid
 * @param matched differences between the models on one and the same grid, by the grid's name
 * @param tokens correlation of IScore with the number of text players, by model
 */
public record GridControl(
    List<Point> points, Map<String, List<ModelComparison>> matched, Map<String, Estimate> tokens) {

  /**
   * A model on a grid.
   *
   * @param model its name
   * @param grid the grid's name, e.g. {@code 7x7}
   * @param cells its cells
   * @param iscore the mean IScore
   */
  public record Point(String model, String grid, int cells, Estimate iscore) {}

  /** Copies the collections. */
  public GridControl {
    points = List.copyOf(points);
    matched = new LinkedHashMap<>(matched);
    tokens = new LinkedHashMap<>(tokens);
  }

  /** As {@code result.json} holds it. */
  public Map<String, @Nullable Object> toJson() {
    List<Map<String, @Nullable Object>> grids = new ArrayList<>();
    for (Point point : points) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("model", point.model());
      json.put("grid", point.grid());
      json.put("cells", point.cells());
      json.put("iscore", interval(point.iscore()));
      grids.add(json);
    }
    Map<String, @Nullable Object> comparisons = new LinkedHashMap<>();
    matched.forEach(
        (grid, pairs) ->
            comparisons.put(grid, pairs.stream().map(ModelComparison::toJson).toList()));
    Map<String, @Nullable Object> correlations = new LinkedHashMap<>();
    tokens.forEach((model, rho) -> correlations.put(model, interval(rho)));
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("grids", grids);
    json.put("matched", comparisons);
    json.put("tokens", correlations);
    return json;
  }

  private static Map<String, @Nullable Object> interval(Estimate estimate) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("value", estimate.value());
    json.put("lo", estimate.lo());
    json.put("hi", estimate.hi());
    json.put("n", estimate.n());
    return json;
  }

  /** The part of a report about it. */
  public Section section() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.paragraph(guide()));
    blocks.add(
        Block.chart(
            Charts.curves("grid-control", axes(), curves()),
            "Mean IScore over the number of image cells along a side; a bar has the length of the"
                + " 95 % interval. Differences at one number of cells are differences between"
                + " models."));
    blocks.add(Block.table("grids", grids()));
    if (!matched.isEmpty() && matched.values().stream().anyMatch(pairs -> !pairs.isEmpty())) {
      blocks.add(Block.table("matched-grids", matchedGrids()));
    }
    blocks.add(Block.table("tokens", tokenTable()));
    return new Section("Grid and text length", blocks);
  }

  private static String guide() {
    return "The image's share of the absolute contributions depends on the number of its players:"
        + " more and smaller cells share the same evidence out differently, and their estimates"
        + " are noisier, which also adds to absolute values. Models with different native grids"
        + " are therefore not comparable by IScore alone. Here each model is audited on the same"
        + " samples with the image cut into the same cells: where the order of the models holds on"
        + " every grid, it is theirs; where it changes, it is the grid's. Likewise a correlation"
        + " with the number of tokens says how far IScore tells long texts from short ones.";
  }

  private Axes axes() {
    return new Axes(
        "Mean IScore of each model over the number of image cells.",
        "image cells along a side",
        "IScore",
        false);
  }

  private List<Curve> curves() {
    Map<String, List<Charts.Point>> byModel = new LinkedHashMap<>();
    points.stream()
        .filter(point -> Double.isFinite(point.iscore().value()))
        .sorted(Comparator.comparingInt(Point::cells))
        .forEach(
            point ->
                byModel
                    .computeIfAbsent(point.model(), m -> new ArrayList<>())
                    .add(
                        new Charts.Point(
                            Math.sqrt(point.cells()), point.iscore().value(), half(point))));
    return byModel.entrySet().stream().map(e -> new Curve(e.getKey(), e.getValue())).toList();
  }

  private static double half(Point point) {
    double half = (point.iscore().hi() - point.iscore().lo()) / 2;
    return Double.isFinite(half) ? half : 0;
  }

  private Table grids() {
    Map<Integer, Map<String, Point>> byCells = new TreeMap<>();
    Map<Integer, String> names = new TreeMap<>();
    List<String> models = points.stream().map(Point::model).distinct().toList();
    for (Point point : points) {
      byCells.computeIfAbsent(point.cells(), c -> new LinkedHashMap<>()).put(point.model(), point);
      names.merge(point.cells(), point.grid(), (a, b) -> a.equals(b) ? a : a + ", " + b);
    }
    List<Column> columns = new ArrayList<>(List.of(Column.words("grid"), Column.numbers("cells")));
    models.forEach(model -> columns.add(Column.numbers(model)));
    List<List<String>> rows = new ArrayList<>();
    byCells.forEach(
        (cells, ofModels) -> {
          List<String> row = new ArrayList<>();
          row.add(String.valueOf(names.get(cells)));
          row.add(Figures.count(cells));
          for (String model : models) {
            Point point = ofModels.get(model);
            row.add(point == null ? "" : Figures.interval(point.iscore()));
          }
          rows.add(row);
        });
    return new Table("Mean IScore [95 %] by grid.", columns, rows);
  }

  private Table matchedGrids() {
    List<List<String>> rows = new ArrayList<>();
    matched.forEach(
        (grid, pairs) ->
            pairs.forEach(
                pair ->
                    rows.add(
                        List.of(
                            grid,
                            pair.first(),
                            pair.second(),
                            Figures.interval(pair.paired().difference()),
                            Figures.pValue(pair.pHolm())))));
    return new Table(
        "Differences of delta between models on the same grid, first minus second.",
        List.of(
            Column.words("grid"),
            Column.words("first"),
            Column.words("second"),
            Column.numbers("difference [95 %]"),
            Column.numbers("p, Holm")),
        rows);
  }

  private Table tokenTable() {
    return new Table(
        "Spearman's correlation of IScore with the number of text players.",
        List.of(Column.words("model"), Column.numbers("samples"), Column.numbers("rho [95 %]")),
        tokens.entrySet().stream()
            .map(
                entry ->
                    List.of(
                        entry.getKey(),
                        Figures.count(entry.getValue().n()),
                        Figures.interval(entry.getValue())))
            .toList());
  }
}
