package dev.auscult.report;

import dev.auscult.balance.ExplanationQuality;
import dev.auscult.balance.ExplanationQuality.Figure;
import dev.auscult.balance.ExplanationQuality.Shuffled;
import dev.auscult.metric.Estimate;
import dev.auscult.report.Charts.Axes;
import dev.auscult.report.Charts.Curve;
import dev.auscult.report.Table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The part of an audit's report on how far its explanations can be trusted.
 *
 * @param models the quality of each model's explanations by what the report calls the model
 */
public record QualitySection(Map<String, ExplanationQuality> models) {
  private static final int SIDE_BY_SIDE = 4;

  /** Copies the map. */
  public QualitySection {
    models = new LinkedHashMap<>(models);
  }

  /** The section. */
  public Section section() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.paragraph(GUIDE));
    int number = 0;
    for (Map.Entry<String, ExplanationQuality> model : models.entrySet()) {
      number++;
      blocks.add(curves("deletion-" + number, model.getKey(), model.getValue()));
      if (!model.getValue().shuffled().isEmpty()) {
        blocks.add(cascade("shuffled-layers-" + number, model.getKey(), model.getValue()));
      }
    }
    Table table = table();
    blocks.add(
        models.size() > SIDE_BY_SIDE
            ? Block.table("quality", table.transposed())
            : Block.table("quality", table));
    blocks.add(Block.points(ROWS.stream().map(Row::reading).filter(r -> !r.isEmpty()).toList()));
    return new Section("Trust in the explanation", blocks);
  }

  private static final String GUIDE =
      "An explanation can be precise and still wrong. These figures test it against the model"
          + " itself, with encoder passes that the estimate has not seen.";

  private static Block curves(String name, String model, ExplanationQuality quality) {
    ExplanationQuality.Deleted deletion = quality.deletion();
    Axes axes =
        new Axes(
            "The score of %s while patches and tokens are masked in the order of their contributions."
                .formatted(model),
            "share of patches and tokens masked",
            "score (1 whole, 0 all masked)",
            false);
    Picture picture =
        Charts.curves(
            name,
            axes,
            List.of(
                curve("strongest supporters first", deletion.removed(), deletion.mostFirst()),
                curve("weakest supporters first", deletion.removed(), deletion.leastFirst())));
    return Block.chart(
        picture,
        "%s: the wider the area between the two curves (%s), the better the contributions tell"
                .formatted(model, Figures.interval(deletion.area().mean()))
            + " what the score hangs on; an order of no use gives 0.");
  }

  private static Block cascade(String name, String model, ExplanationQuality quality) {
    Axes axes =
        new Axes(
            "How far contributions of %s stay alike while its layers are shuffled."
                .formatted(model),
            "layers of each encoder shuffled, from the output inward",
            "Spearman with the own contributions",
            false);
    Picture picture =
        Charts.curves(
            name,
            axes,
            List.of(
                alike("patches", quality.seeds().image(), quality.shuffled(), Shuffled::image),
                alike("tokens", quality.seeds().text(), quality.shuffled(), Shuffled::text)));
    return Block.chart(
        picture,
        "%s with its weights shuffled layer by layer (0: another seed, nothing shuffled):"
                .formatted(model)
            + " contributions that show what the model has learnt fall to about 0; those that stay"
            + " alike show the input whatever the model knows.");
  }

  private static Curve alike(
      String name, Figure untouched, List<Shuffled> shuffled, Function<Shuffled, Figure> of) {
    List<Charts.Point> points = new ArrayList<>();
    add(points, 0, untouched);
    shuffled.forEach(depth -> add(points, depth.depth(), of.apply(depth)));
    return new Curve(name, points);
  }

  private static void add(List<Charts.Point> points, int depth, Figure figure) {
    Estimate mean = figure.mean();
    if (Double.isFinite(mean.value())) {
      double half = (mean.hi() - mean.lo()) / 2;
      points.add(new Charts.Point(depth, mean.value(), Double.isFinite(half) ? half : 0));
    }
  }

  private static Curve curve(String name, List<Double> removed, List<Double> scores) {
    List<Charts.Point> points =
        IntStream.range(0, removed.size())
            .filter(step -> Double.isFinite(scores.get(step)))
            .mapToObj(step -> new Charts.Point(removed.get(step), scores.get(step), 0))
            .toList();
    return new Curve(name, points);
  }

  /**
   * A row of the table.
   *
   * @param title its first cell
   * @param reading how to read it, a sentence; empty where the sentence before covers it
   * @param of the figure of a model
   */
  private record Row(String title, String reading, Function<ExplanationQuality, String> of) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("samples examined", "", q -> Figures.count(q.n())),
          new Row(
              "area between the deletion curves",
              "Area between the deletion curves: above 0 the order of the contributions is of use;"
                  + " samples count by how far masking everything moves their score.",
              q -> mean(q.deletion().area())),
          new Row("the same, median sample", "", q -> median(q.deletion().area())),
          new Row(
              "R² of the contributions added up",
              "R²: how much of the score of randomly masked samples the added contributions account"
                  + " for; 1 all of it, below 0 less than their mean would, which is where patches"
                  + " and tokens act together.",
              q -> mean(q.surrogate().r2())),
          new Row("the same, median sample", "", q -> median(q.surrogate().r2())),
          new Row(
              "Spearman of the same",
              "Its Spearman correlation asks only for the order of these scores.",
              q -> mean(q.surrogate().spearman())),
          new Row(
              "Spearman between seeds, all players",
              "Spearman between seeds: near 1 another run of the same audit ranks patches and tokens"
                  + " alike; near 0 its ranks are noise, whatever the mean figures say.",
              q -> mean(q.seeds().all())),
          new Row("the same, patches", "", q -> mean(q.seeds().image())),
          new Row("the same, tokens", "", q -> mean(q.seeds().text())),
          new Row(
              "SD of delta between seeds",
              "The SD of delta between seeds beside the SE that the audit states: alike where the"
                  + " stated errors are right.",
              q -> Figures.decimal(q.seeds().deltaSd(), 4)),
          new Row("SE of delta as audited", "", q -> Figures.decimal(q.seeds().deltaSe(), 4)),
          new Row(
              "Spearman of patches beside another text",
              "Swapped text or image: contributions must change with what they are scored with, so"
                  + " these should lie below the correlation between seeds; as high as that, the map"
                  + " shows the image or the text alone and not how they fit.",
              q -> mean(q.swaps().imageUnderOtherText())),
          new Row(
              "Spearman of tokens beside another image",
              "",
              q -> mean(q.swaps().textUnderOtherImage())),
          new Row("encoder passes for this", "", q -> Figures.count(q.encoderPasses())));

  private static String mean(Figure figure) {
    return Figures.interval(figure.mean());
  }

  private static String median(Figure figure) {
    return Figures.decimal(figure.median(), 3);
  }

  private Table table() {
    List<Column> columns = new ArrayList<>(List.of(Column.words("figure")));
    models.keySet().forEach(model -> columns.add(Column.numbers(model)));
    List<List<String>> rows = new ArrayList<>();
    for (Row row : ROWS) {
      List<String> cells = new ArrayList<>(List.of(row.title()));
      models.values().forEach(quality -> cells.add(row.of().apply(quality)));
      rows.add(cells);
    }
    return new Table(
        "Quality of the explanations: means over samples with 95 % intervals by patient.",
        columns, rows);
  }
}
