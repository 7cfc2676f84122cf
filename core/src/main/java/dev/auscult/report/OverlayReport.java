package dev.auscult.report;

import dev.auscult.metric.Estimate;
import dev.auscult.overlay.Condition;
import dev.auscult.overlay.LabelDifference;
import dev.auscult.overlay.OverlayDesign;
import dev.auscult.overlay.OverlayFigure;
import dev.auscult.overlay.TextKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The page and files of a report on burned-in text.
 *
 * @param models at least one, all under the same settings
 * @param examples samples to look at
 * @param run the result with its provenance
 */
public record OverlayReport(
    List<OverlaidModel> models, List<OverlayExample> examples, RunReport run) {

  /** Copies the lists. */
  public OverlayReport {
    models = List.copyOf(models);
    examples = List.copyOf(examples);
  }

  /**
   * Writes {@code samples.csv}, {@code effects.csv}, {@code index.html} and, last, {@code
   * result.json}.
   *
   * @throws IOException if the folder cannot be written
   */
  public void write(Path folder) throws IOException {
    new OverlayFiles(models).write(folder);
    new SimpleReport("Burned-in text", finding(), sections(), run).write(folder);
  }

  private String finding() {
    return models.stream().map(OverlayWords::sentence).collect(Collectors.joining("\n"));
  }

  private OverlayDesign design() {
    return models.get(0).result().settings().design();
  }

  private List<Section> sections() {
    OverlayTables tables = new OverlayTables(models);
    List<Section> sections = new ArrayList<>();
    sections.add(
        Section.of("Does it follow the text?", Block.table("verdicts", tables.verdicts())));
    sections.add(
        Section.of(
            "What the words do",
            Block.chart(
                chart(),
                "Change of the probability of the right class by the words alone, beyond their"
                    + " blank rectangle, with 95 % intervals; below, where size, corner and contrast"
                    + " vary, "
                    + varied()
                    + "."),
            Block.table("words", tables.kinds()),
            Block.table("conditions", tables.conditions())));
    sections.add(Section.of("Words and rectangle", Block.table("shifts", tables.shifts())));
    if (models.stream().anyMatch(model -> !model.balance().isEmpty())) {
      sections.add(Section.of("Modality balance", Block.table("balance", tables.balance())));
    }
    if (!examples.isEmpty()) {
      sections.add(
          new Section(
              "Samples",
              examples.stream().map(example -> (Block) new OverlayExampleBlock(example)).toList()));
    }
    sections.add(
        Section.of(
            "How to read this",
            Block.points(OverlayWords.notes(models.get(0).result().settings()))));
    return sections;
  }

  private boolean bothLabels() {
    return models.stream().noneMatch(model -> model.differences().isEmpty());
  }

  /** What the chart shows where size, corner and contrast vary. */
  private String varied() {
    return bothLabels()
        ? "the true text minus the contradicting one"
        : "the " + design().kinds().get(0).term() + " text";
  }

  private Picture chart() {
    Condition basic = design().basic();
    List<IntervalChart.Group> groups = new ArrayList<>();
    groups.add(
        new IntervalChart.Group(
            "text",
            design().kinds().stream()
                .map(kind -> row(kind.term(), model -> words(model, kind, basic)))
                .toList()));
    vary(
        groups,
        "size",
        c -> Figures.percent(c.size()),
        c -> c.corner() == basic.corner() && c.contrast() == basic.contrast());
    vary(
        groups,
        "corner",
        c -> c.corner().term(),
        c -> c.size() == basic.size() && c.contrast() == basic.contrast());
    vary(
        groups,
        "contrast",
        c -> c.contrast().term(),
        c -> c.size() == basic.size() && c.corner() == basic.corner());
    return IntervalChart.picture(
        "words",
        "What burned-in words do to the probability of the right class, by kind, size, corner and"
            + " contrast of the text; the tables below hold the figures.",
        "points of probability",
        models.stream().map(OverlaidModel::name).toList(),
        groups);
  }

  private void vary(
      List<IntervalChart.Group> groups,
      String heading,
      Function<Condition, String> label,
      Predicate<Condition> shown) {
    List<IntervalChart.Row> rows =
        design().conditions().stream()
            .filter(shown)
            .map(condition -> row(label.apply(condition), model -> varied(model, condition)))
            .toList();
    if (rows.size() > 1) {
      groups.add(new IntervalChart.Group(heading, rows));
    }
  }

  private IntervalChart.Row row(
      String label, Function<OverlaidModel, Optional<Estimate>> estimate) {
    return new IntervalChart.Row(
        label, models.stream().map(estimate).map(one -> one.map(e -> e.affine(100, 0))).toList());
  }

  private Optional<Estimate> varied(OverlaidModel model, Condition condition) {
    return bothLabels()
        ? model.difference(condition).map(LabelDifference::difference)
        : words(model, design().kinds().get(0), condition);
  }

  private static Optional<Estimate> words(OverlaidModel model, TextKind kind, Condition condition) {
    return model
        .effect(OverlayFigure.PROBABILITY, kind, condition)
        .map(effect -> effect.words().difference());
  }
}
