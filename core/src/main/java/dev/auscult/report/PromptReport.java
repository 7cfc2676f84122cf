package dev.auscult.report;

import dev.auscult.data.Dataset.Skipped;
import dev.auscult.report.Charts.NamedEstimate;
import dev.auscult.report.Table.Column;
import dev.auscult.zeroshot.LabelledImages;
import dev.auscult.zeroshot.PromptSensitivity;
import dev.auscult.zeroshot.PromptSet;
import dev.auscult.zeroshot.Wording.Kind;
import dev.auscult.zeroshot.WordingFigure;
import dev.auscult.zeroshot.WordingResult;
import dev.auscult.zeroshot.WordingSpread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The page and files of a sensitivity analysis of prompts. */
public final class PromptReport {
  private static final int DRAWN = 60;
  private static final Set<Kind> ALL = Set.of(Kind.values());

  private final PromptSet set;
  private final PromptSensitivity sensitivity;
  private final List<Skipped> skipped;
  private final List<WordingResult> results;
  private final WordingFigure figure;

  /**
   * @param set the classes
   * @param sensitivity of their wording
   * @param skipped samples that were left out
   */
  public PromptReport(PromptSet set, PromptSensitivity sensitivity, List<Skipped> skipped) {
    this.set = set;
    this.sensitivity = sensitivity;
    this.skipped = List.copyOf(skipped);
    this.results = sensitivity.results();
    this.figure =
        results.stream().allMatch(one -> Double.isFinite(one.accuracy().value()))
            ? WordingFigure.ACCURACY
            : WordingFigure.AUROC;
  }

  /** The result as scripts read it. */
  public Map<String, @Nullable Object> figures() {
    LabelledImages images = sensitivity.images();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("n", images.samples().size());
    json.put("patients", images.patients().stream().distinct().count());
    json.put("skipped", skipped.size());
    json.put("classes", set.classNames());
    json.put("exclusive", images.exclusive(set.classes().size()));
    json.put("definition", set.definition());
    json.put("wordings", results.stream().map(PromptReport::json).toList());
    Map<String, @Nullable Object> spreads = new LinkedHashMap<>();
    spreads.put("all", json(sensitivity.spread(ALL)));
    for (Kind kind : Kind.values()) {
      Map<WordingFigure, WordingSpread> spread = sensitivity.spread(Set.of(kind));
      if (!spread.isEmpty()) {
        spreads.put(kind.label(), json(spread));
      }
    }
    json.put("spread", spreads);
    json.put("finding", finding());
    return json;
  }

  private static Map<String, @Nullable Object> json(WordingResult result) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", result.wording().kind().label());
    json.put("name", result.wording().name());
    json.put("accuracy", EvaluationJson.json(result.accuracy()));
    json.put("auroc", EvaluationJson.json(result.auroc()));
    json.put("accuracy_difference", EvaluationJson.json(result.accuracyDifference()));
    json.put("auroc_difference", EvaluationJson.json(result.aurocDifference()));
    json.put("p", result.p());
    json.put("p_holm", result.adjusted());
    return json;
  }

  private static Map<String, @Nullable Object> json(Map<WordingFigure, WordingSpread> spreads) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    spreads.forEach(
        (figure, spread) -> {
          Map<String, @Nullable Object> one = new LinkedHashMap<>();
          one.put("wordings", spread.wordings());
          one.put("min", spread.least());
          one.put("max", spread.most());
          one.put("sd", spread.sd());
          one.put("worst", spread.worst());
          one.put("best", spread.best());
          one.put("range", EvaluationJson.json(spread.range()));
          json.put(figure.label(), one);
        });
    return json;
  }

  /** How much the wording changes, in a sentence. */
  public String finding() {
    WordingSpread spread = sensitivity.spread(ALL).get(figure);
    if (spread == null) {
      return "The set has a single wording; there is nothing to compare.";
    }
    return "The wording changes the %s by up to %s: from %s (%s) to %s (%s), over %d wordings."
        .formatted(
            figure.words(),
            figure == WordingFigure.ACCURACY
                ? Figures.decimal(100 * (spread.most() - spread.least()), 1) + " percentage points"
                : Figures.decimal(spread.most() - spread.least(), 3),
            shown(spread.least()),
            spread.worst(),
            shown(spread.most()),
            spread.best(),
            spread.wordings());
  }

  private String shown(double value) {
    return figure == WordingFigure.ACCURACY ? Figures.percent(value) : Figures.decimal(value, 3);
  }

  /** Every wording with its figures. */
  public Table table() {
    List<Column> columns =
        List.of(
            Column.words("wording"),
            Column.numbers("accuracy"),
            Column.numbers("− all prompts"),
            Column.numbers("p (Holm)"),
            Column.numbers("AUROC"),
            Column.numbers("− all prompts"));
    return new Table(
        "Every wording with 95 % intervals by patient, and its paired difference to all prompts by "
            + set.definition().label()
            + ".",
        columns,
        IntStream.range(0, results.size()).mapToObj(i -> row(i, results.get(i))).toList());
  }

  private static List<String> row(int index, WordingResult result) {
    return List.of(
        result.wording().label(),
        Figures.interval(result.accuracy()),
        index == 0 ? "" : Figures.interval(result.accuracyDifference()),
        index == 0 ? "" : Figures.pValue(result.adjusted()),
        Figures.interval(result.auroc()),
        index == 0 ? "" : Figures.interval(result.aurocDifference()));
  }

  private Table spreads() {
    List<List<String>> rows = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      sensitivity
          .spread(Set.of(kind))
          .values()
          .forEach(spread -> rows.add(row(kind.label(), spread)));
    }
    sensitivity.spread(ALL).values().forEach(spread -> rows.add(row("all", spread)));
    return new Table(
        "How far figures depend on the wording.",
        List.of(
            Column.words("what changes"),
            Column.words("figure"),
            Column.numbers("wordings"),
            Column.numbers("min"),
            Column.numbers("max"),
            Column.numbers("SD"),
            Column.numbers("max − min"),
            Column.words("worst"),
            Column.words("best")),
        rows);
  }

  private static List<String> row(String kind, WordingSpread spread) {
    return List.of(
        kind,
        spread.figure().words(),
        Figures.count(spread.wordings()),
        Figures.decimal(spread.least(), 3),
        Figures.decimal(spread.most(), 3),
        Figures.decimal(spread.sd(), 3),
        Figures.interval(spread.range()),
        spread.worst(),
        spread.best());
  }

  /**
   * Writes {@code wordings.csv}, {@code predictions.csv}, {@code index.html} and, last, {@code
   * result.json}.
   *
   * @throws IOException if the folder cannot be written
   */
  public void write(Path folder, RunReport run) throws IOException {
    writeWordings(folder.resolve("wordings.csv"));
    writePredictions(folder.resolve("predictions.csv"));
    new SimpleReport("Sensitivity to the wording", finding(), sections(), run).write(folder);
  }

  private void writeWordings(Path file) throws IOException {
    CsvFile.write(
        file,
        List.of(
            "kind",
            "name",
            "accuracy",
            "accuracy_lo",
            "accuracy_hi",
            "auroc",
            "auroc_lo",
            "auroc_hi",
            "accuracy_difference",
            "auroc_difference",
            "p",
            "p_holm"),
        results.stream()
            .map(
                one ->
                    List.of(
                        one.wording().kind().label(),
                        one.wording().name(),
                        one.accuracy().value(),
                        one.accuracy().lo(),
                        one.accuracy().hi(),
                        one.auroc().value(),
                        one.auroc().lo(),
                        one.auroc().hi(),
                        one.accuracyDifference().value(),
                        one.aurocDifference().value(),
                        one.p(),
                        one.adjusted()))
            .iterator());
  }

  private void writePredictions(Path file) throws IOException {
    LabelledImages images = sensitivity.images();
    List<String> header = new ArrayList<>(List.of("id", "shows"));
    results.forEach(one -> header.add(one.wording().label()));
    CsvFile.write(
        file,
        header,
        IntStream.range(0, images.samples().size())
            .mapToObj(
                i -> {
                  List<Object> row = new ArrayList<>(List.of(images.samples().get(i).id()));
                  row.add(
                      String.join(
                          ";",
                          IntStream.range(0, set.classes().size())
                              .filter(c -> images.shows(i, c))
                              .mapToObj(c -> set.classNames().get(c))
                              .toList()));
                  results.forEach(one -> row.add(one.predicted().get(i)));
                  return row;
                })
            .iterator());
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(
        Section.of(
            "Spread",
            Block.notice(
                "No wording was chosen here. To take the one that is best on these images and report"
                    + " its figure on them would flatter it: choose on validation images"
                    + " (--split validation), report on others."),
            Block.table("spread", spreads())));
    sections.add(new Section("Wordings", wordings()));
    sections.add(Section.of("Classes", Block.table(classes())));
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

  private List<Block> wordings() {
    List<NamedEstimate> dots =
        results.stream()
            .limit(DRAWN)
            .map(one -> new NamedEstimate(one.wording().label(), figure.of(one)))
            .filter(one -> Double.isFinite(one.estimate().value()))
            .toList();
    List<Block> blocks = new ArrayList<>();
    if (!dots.isEmpty()) {
      blocks.add(
          Block.chart(
              Charts.dots("wordings", figure.words(), dots, 0),
              "Every wording%s with its 95 %% interval; the dashed line is at all prompts by %s."
                  .formatted(
                      results.size() > DRAWN ? " (the first %d)".formatted(DRAWN) : "",
                      set.definition().label())));
    }
    blocks.add(Block.table("wordings", table()));
    return blocks;
  }

  private Table classes() {
    LabelledImages images = sensitivity.images();
    List<List<String>> rows = new ArrayList<>();
    for (int c = 0; c < set.classes().size(); c++) {
      int index = c;
      long shown =
          IntStream.range(0, images.samples().size()).filter(i -> images.shows(i, index)).count();
      rows.add(
          List.of(
              set.classNames().get(c),
              Figures.count(shown),
              String.join("; ", set.classes().get(c).synonyms())));
    }
    return new Table(
        "The classes, how many images show them, and their synonyms.",
        List.of(Column.words("class"), Column.numbers("images"), Column.words("synonyms")),
        rows);
  }

  private List<String> notes() {
    return List.of(
        sensitivity.images().exclusive(set.classes().size())
            ? "Every image shows one of the classes; accuracy is the share of images whose most"
                + " probable class is that."
            : "Images may show several classes or none; accuracy is the share of decisions, class by"
                + " class, that are right at a probability of 0.5, and undefined where classes"
                + " compete.",
        "AUROC is the mean over classes, one against the rest, of the classes' probabilities.",
        "A template or pair stands alone with all synonyms; a synonym stands alone for its class, with"
            + " all templates, while the other classes keep all of theirs.",
        "max − min is the difference of two wordings that were picked for being extreme: its interval"
            + " is too narrow, and with more wordings it can only grow. SD is the fairer figure.",
        "p-values are of the difference in accuracy to all prompts, by Fisher's randomisation test over"
            + " patients, corrected by Holm over all wordings.");
  }
}
