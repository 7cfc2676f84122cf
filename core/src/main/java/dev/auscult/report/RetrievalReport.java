package dev.auscult.report;

import dev.auscult.data.Dataset.Skipped;
import dev.auscult.metric.TestedDifference;
import dev.auscult.metric.TiedRank;
import dev.auscult.retrieval.Direction;
import dev.auscult.retrieval.DirectionResult;
import dev.auscult.retrieval.GroupRetrieval;
import dev.auscult.retrieval.GroupTests;
import dev.auscult.retrieval.RetrievalComparison;
import dev.auscult.retrieval.RetrievalFigure;
import dev.auscult.retrieval.RetrievalItem;
import dev.auscult.retrieval.RetrievalSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The page and files of an evaluation of retrieval.
 *
 * @param set what was retrieved
 * @param results by model and direction
 * @param comparisons of models
 * @param examples queries with what the first model found
 * @param skipped samples that were left out
 * @param run the result with its provenance
 */
public record RetrievalReport(
    RetrievalSet set,
    Map<String, Map<Direction, DirectionResult>> results,
    List<RetrievalComparison> comparisons,
    List<HitList> examples,
    List<Skipped> skipped,
    RunReport run) {

  /** Copies the lists. */
  public RetrievalReport {
    comparisons = List.copyOf(comparisons);
    examples = List.copyOf(examples);
    skipped = List.copyOf(skipped);
  }

  /**
   * Writes {@code ranks.csv}, {@code index.html} and, last, {@code result.json}.
   *
   * @throws IOException if the folder cannot be written
   */
  public void write(Path folder) throws IOException {
    CsvFile.write(
        folder.resolve("ranks.csv"),
        List.of(
            "model",
            "direction",
            "query",
            "relevant",
            "rank",
            "better",
            "tied",
            "reciprocal_rank",
            "hit_at_1",
            "hit_at_5",
            "hit_at_10"),
        rows().iterator());
    new SimpleReport("Retrieval", finding(), sections(), run).write(folder);
  }

  private List<List<Object>> rows() {
    List<List<Object>> rows = new ArrayList<>();
    results.forEach(
        (model, both) ->
            both.forEach(
                (direction, result) -> {
                  List<RetrievalItem> queries = set.queries(direction);
                  for (int q = 0; q < queries.size(); q++) {
                    TiedRank rank = result.ranks().get(q);
                    rows.add(
                        List.of(
                            model,
                            direction.label(),
                            queries.get(q).id(),
                            set.relevant(direction, q).size(),
                            rank.expected(),
                            rank.better(),
                            rank.tied(),
                            rank.reciprocal(),
                            rank.recallAt(1),
                            rank.recallAt(5),
                            rank.recallAt(10)));
                  }
                }));
    return rows;
  }

  private String finding() {
    String models =
        results.entrySet().stream()
            .map(entry -> "%s %s".formatted(entry.getKey(), words(entry.getValue())))
            .collect(Collectors.joining("; ", "", "."));
    return "%s and %s, each different one once. Among the first ten: %s"
        .formatted(
            Figures.count(set.queries(Direction.IMAGE_TO_TEXT).size(), "image"),
            Figures.count(set.queries(Direction.TEXT_TO_IMAGE).size(), "text"),
            models);
  }

  private static String words(Map<Direction, DirectionResult> both) {
    return both.entrySet().stream()
        .map(
            entry ->
                "%s %s (chance %s)"
                    .formatted(
                        entry.getKey().words(),
                        Figures.percents(entry.getValue().figure(RetrievalFigure.RECALL_AT_10)),
                        Figures.percent(
                            entry
                                .getValue()
                                .chance()
                                .getOrDefault(RetrievalFigure.RECALL_AT_10, Double.NaN))))
        .collect(Collectors.joining(", "));
  }

  private List<Section> sections() {
    RetrievalTables tables = new RetrievalTables(results);
    List<Section> sections = new ArrayList<>();
    sections.add(
        Section.of(
            "Figures",
            Block.table(tables.figures(Direction.IMAGE_TO_TEXT)),
            Block.table(tables.figures(Direction.TEXT_TO_IMAGE)),
            Block.tableFiles("retrieval", tables.figures())));
    if (!comparisons.isEmpty()) {
      sections.add(
          Section.of(
              "Models compared",
              Block.table("comparisons", RetrievalTables.comparisons(comparisons))));
    }
    if (!tables.attributes().isEmpty()) {
      sections.add(groups(tables));
    }
    sections.add(shown());
    sections.add(Section.of("How to read this", Block.points(notes())));
    if (!skipped.isEmpty()) {
      sections.add(
          Section.of(
              "Left out",
              Block.paragraph(
                  "%s could not take part; skipped.csv says why."
                      .formatted(Figures.count(skipped.size(), "sample")))));
    }
    return sections;
  }

  private Section groups(RetrievalTables tables) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.paragraph(worse()));
    blocks.add(
        Block.paragraph(
            "A query is ranked among all candidates, whatever its group. One that belongs to samples"
                + " of several groups counts in each. Groups too small to be compared are shown and"
                + " not compared."));
    for (String attribute : tables.attributes()) {
      for (String model : results.keySet()) {
        for (Direction direction : Direction.values()) {
          blocks.add(Block.table(tables.groups(attribute, model, direction)));
        }
      }
    }
    if (!tables.gaps().rows().isEmpty()) {
      blocks.add(Block.table("gaps", tables.gaps()));
    }
    return new Section("Groups", blocks);
  }

  /** Which groups are served worse, over all tests of the run. */
  private String worse() {
    List<String> worse = new ArrayList<>();
    results.forEach(
        (model, both) ->
            both.forEach(
                (direction, result) ->
                    result
                        .groups()
                        .forEach(
                            (attribute, groups) ->
                                groups.stream()
                                    .filter(group -> !group.worse().isEmpty())
                                    .map(group -> worse(model, direction, attribute, group))
                                    .forEach(worse::add))));
    long tests = GroupTests.count(results);
    if (tests == 0) {
      return "No group is large enough to be compared with the others.";
    }
    return "%s of a group against the others were made (Student's t by patient, Holm's correction over"
            .formatted(Figures.count(tests, "test"))
        + " all of them, level "
        + Figures.decimal(TestedDifference.LEVEL, 2)
        + "). "
        + (worse.isEmpty()
            ? "No group is served worse beyond chance, which is no proof that none is."
            : "Served worse beyond chance: " + String.join("; ", worse) + ".");
  }

  private String worse(String model, Direction direction, String attribute, GroupRetrieval group) {
    return "%s%s %s, %s (%s)"
        .formatted(
            results.size() == 1 ? "" : model + ": ",
            attribute,
            group.value(),
            direction.words(),
            group.worse().stream().map(RetrievalFigure::title).collect(Collectors.joining(", ")));
  }

  private Section shown() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Block.paragraph(
            "What %s finds first. The queries are not picked by hand: they stand at the best, the"
                    .formatted(results.keySet().iterator().next())
                + " worst and the three quartiles of the ranks. Beside each hit: its place, and its"
                + " similarity with the query."));
    blocks.addAll(examples);
    return new Section("Examples", blocks);
  }

  private List<String> notes() {
    return List.of(
        "R@k is the share of queries with at least one right answer among the first k (torchmetrics"
            + " calls it hit rate); MRR is the mean of 1 / rank of the first right answer.",
        "Equal texts are one text and equal images one image: %s make %s and %s in %s."
            .formatted(
                Figures.count(set.samples().size(), "sample"),
                Figures.count(set.queries(Direction.IMAGE_TO_TEXT).size(), "image"),
                Figures.count(set.queries(Direction.TEXT_TO_IMAGE).size(), "text"),
                Figures.count(set.pairs(), "pair")),
        "Candidates of equal similarity have no order: every figure is its expectation over all orders"
            + " of them, so that a model that tells nothing apart is at chance.",
        "A text that differs in one letter is another text, and counts as wrong where it means the"
            + " same: what is measured is finding this report, not a report like it.",
        "All figures fall as candidates are added: compare them only on the same data.");
  }
}
