package dev.auscult.report;

import dev.auscult.evaluation.ComparedFigure;
import dev.auscult.evaluation.Comparison;
import dev.auscult.evaluation.FigureNames;
import dev.auscult.evaluation.PairedTest;
import dev.auscult.metric.DeLong;
import dev.auscult.metric.Estimate;
import dev.auscult.metric.McNemar;
import dev.auscult.report.Charts.NamedEstimate;
import dev.auscult.report.Table.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Two models side by side: in words, as tables, as a picture, as JSON and as CSV. */
public final class ComparisonReport {
  /** Figures of which a lower value is the better one. */
  private static final Set<String> LOWER_IS_BETTER =
      Set.of(FigureNames.ECE, FigureNames.ECE_UNWEIGHTED, FigureNames.BRIER);

  private static final List<String> CSV =
      List.of(
          "class",
          "metric",
          "n",
          "first",
          "first_lo",
          "first_hi",
          "second",
          "second_lo",
          "second_hi",
          "difference",
          "lo",
          "hi",
          "test",
          "p",
          "p_few_patients",
          "p_holm",
          "only_first_right",
          "only_second_right");

  private static final int DRAWN = 30;

  private final Comparison comparison;
  private final GroupComparison groups;

  /** Of this comparison. */
  public ComparisonReport(Comparison comparison) {
    this.comparison = comparison;
    this.groups = new GroupComparison(comparison);
  }

  /** What came out, in a few sentences. */
  public String sentence() {
    return (overall() + " " + groups.summary()).strip();
  }

  private String overall() {
    Optional<ComparedFigure> auroc =
        comparison.overall().stream()
            .filter(figure -> figure.metric().equals(FigureNames.AUROC))
            .findFirst();
    return (auroc.map(this::sentence).orElse("") + findings()).strip();
  }

  private String sentence(ComparedFigure figure) {
    if (Double.isNaN(figure.difference().value())) {
      return "";
    }
    return "AUROC A − B is %s%s. "
        .formatted(shown(figure.difference()), figure.test().map(this::sentence).orElse(""));
  }

  private String sentence(PairedTest test) {
    return " (%s, p %s; after Holm's correction over %s %s)"
        .formatted(
            words(test.kind()),
            equal(Figures.pValue(test.p())),
            Figures.count(comparison.tests(), "test"),
            Figures.pValue(test.adjusted()));
  }

  private String findings() {
    List<ComparedFigure> findings = comparison.findings();
    if (findings.isEmpty()) {
      return "The models differ beyond chance in no tested figure; that is no proof that they are"
          + " equal.";
    }
    return better("A", 1, findings) + better("B", -1, findings);
  }

  private static String better(String model, int sign, List<ComparedFigure> findings) {
    List<ComparedFigure> won = findings.stream().filter(figure -> better(figure) == sign).toList();
    if (won.isEmpty()) {
      return "";
    }
    String ofAll =
        won.stream()
            .filter(figure -> figure.className().isEmpty())
            .map(ComparisonReport::name)
            .collect(Collectors.joining(", "));
    long ofClasses = won.stream().filter(figure -> figure.className().isPresent()).count();
    return "%s is better beyond chance in %s%s%s. "
        .formatted(
            model,
            ofAll,
            ofAll.isEmpty() || ofClasses == 0 ? "" : " and ",
            ofClasses == 0 ? "" : Figures.count(ofClasses, "figure") + " of single classes");
  }

  /** 1 where the first model is better, -1 where the second is. */
  private static int better(ComparedFigure figure) {
    double first = figure.difference().value();
    return (int) Math.signum(LOWER_IS_BETTER.contains(figure.metric()) ? -first : first);
  }

  private static String name(ComparedFigure figure) {
    String metric = MetricWords.of(figure.metric());
    return figure.className().map(name -> name + ": " + metric).orElse(metric);
  }

  private static String words(PairedTest.Kind kind) {
    return switch (kind) {
      case DELONG -> "DeLong";
      case MCNEMAR -> "McNemar";
      case BOOTSTRAP -> "bootstrap";
    };
  }

  /** Which model is which. */
  String legend() {
    return "A is %s, B is %s. Differences are A − B, with both models on the same resamples of the"
            .formatted(comparison.first(), comparison.second())
        + " patients; of ECE and Brier score the lower is the better.";
  }

  /** The parts of a page. */
  List<Section> sections() {
    return groups.isEmpty() ? List.of(section()) : List.of(section(), groups.section());
  }

  private Section section() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.paragraph(legend()));
    blocks.add(Block.paragraph(overall()));
    blocks.add(Block.chart(picture(), "Differences of A and B with 95 % intervals."));
    blocks.add(Block.table("comparison", table(comparison.overall(), "All observations.")));
    List<ComparedFigure> ofClasses = new ArrayList<>(comparison.figures());
    ofClasses.removeAll(comparison.overall());
    List<ComparedFigure> tested =
        ofClasses.stream().filter(figure -> figure.test().isPresent()).toList();
    if (!tested.isEmpty()) {
      blocks.add(
          Block.table(
              "comparison-classes",
              table(tested, "Each class; comparison.csv holds the figures that are not tested.")));
    }
    fewPatients().ifPresent(note -> blocks.add(Block.paragraph(note)));
    calls().ifPresent(table -> blocks.add(Block.table("comparison-calls", table)));
    return new Section("Comparison of two models", blocks);
  }

  /** Where DeLong's test is not to be trusted as published. */
  private Optional<String> fewPatients() {
    String found =
        comparison.figures().stream()
            .flatMap(
                figure ->
                    figure.test().filter(PairedTest::hasFewPatients).stream()
                        .map(
                            test ->
                                "%s p %s"
                                    .formatted(
                                        name(figure), equal(Figures.pValue(test.cautious())))))
            .collect(Collectors.joining("; "));
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Fewer than %d patients have one of the classes: there DeLong's test as published (p) finds differences too easily. Holm's correction takes Student's t with Satterthwaite's degrees of freedom instead: %s."
                .formatted(DeLong.FEW, found));
  }

  private static String equal(String p) {
    return p.startsWith("<") ? p : "= " + p;
  }

  private Picture picture() {
    List<NamedEstimate> rows =
        comparison.figures().stream()
            .filter(figure -> figure.className().isEmpty() || figure.test().isPresent())
            .filter(figure -> Double.isFinite(figure.difference().value()))
            .limit(DRAWN)
            .map(figure -> new NamedEstimate(name(figure), figure.difference()))
            .toList();
    return DifferenceChart.picture("comparison", "difference, A − B", rows);
  }

  /** The figures of all observations. */
  public Table table() {
    return table(
        comparison.overall(),
        "A is %s, B is %s.".formatted(comparison.first(), comparison.second()));
  }

  private static Table table(List<ComparedFigure> figures, String caption) {
    return new Table(
        caption,
        List.of(
            Column.words("figure"),
            Column.numbers("A"),
            Column.numbers("B"),
            Column.numbers("A − B"),
            Column.words("test"),
            Column.numbers("p"),
            Column.numbers("p (Holm)")),
        figures.stream().map(ComparisonReport::row).toList());
  }

  private static List<String> row(ComparedFigure figure) {
    List<String> row = new ArrayList<>(List.of(name(figure)));
    row.add(Figures.decimal(figure.first().value(), 3));
    row.add(Figures.decimal(figure.second().value(), 3));
    row.add(shown(figure.difference()));
    row.add(figure.test().map(test -> words(test.kind())).orElse(""));
    row.add(figure.test().map(test -> Figures.pValue(test.p())).orElse(""));
    row.add(figure.test().map(test -> Figures.pValue(test.adjusted())).orElse(""));
    return row;
  }

  static String shown(Estimate difference) {
    String value = Figures.signed(difference.value(), 3);
    return Double.isFinite(difference.lo())
        ? "%s [%s, %s]"
            .formatted(
                value, Figures.signed(difference.lo(), 3), Figures.signed(difference.hi(), 3))
        : value;
  }

  private Optional<Table> calls() {
    List<List<String>> rows = new ArrayList<>();
    for (ComparedFigure figure : comparison.figures()) {
      figure.test().flatMap(PairedTest::calls).ifPresent(calls -> rows.add(row(figure, calls)));
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Table(
                "Calls that only one model has right (McNemar, patients exchanged whole).",
                List.of(
                    Column.words("calls"), Column.numbers("only A right"),
                    Column.numbers("only B right"), Column.numbers("p")),
                rows));
  }

  private static List<String> row(ComparedFigure figure, McNemar calls) {
    return List.of(
        figure.className().orElse("all observations"),
        Figures.count(calls.onlyFirst()),
        Figures.count(calls.onlySecond()),
        Figures.pValue(calls.p()));
  }

  /** As scripts read it. */
  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("first", comparison.first());
    json.put("second", comparison.second());
    json.put("tests", comparison.tests());
    json.put("sentence", sentence());
    Map<String, @Nullable Object> overall = new LinkedHashMap<>();
    comparison.overall().forEach(figure -> overall.put(figure.metric(), json(figure)));
    json.put("figures", overall);
    Map<String, Map<String, @Nullable Object>> classes = new LinkedHashMap<>();
    for (ComparedFigure figure : comparison.figures()) {
      figure
          .className()
          .ifPresent(
              name ->
                  classes
                      .computeIfAbsent(name, key -> new LinkedHashMap<>())
                      .put(figure.metric(), json(figure)));
    }
    json.put("per_class", new LinkedHashMap<>(classes));
    json.put("groups", groups.json());
    return json;
  }

  private static Map<String, @Nullable Object> json(ComparedFigure figure) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("first", EvaluationJson.json(figure.first()));
    json.put("second", EvaluationJson.json(figure.second()));
    json.put("difference", EvaluationJson.json(figure.difference()));
    figure
        .test()
        .ifPresent(
            test -> {
              json.put("test", test.kind());
              json.put("p", test.p());
              if (test.hasFewPatients()) {
                json.put("p_few_patients", test.cautious());
              }
              json.put("p_holm", test.adjusted());
              test.calls()
                  .ifPresent(
                      calls -> {
                        json.put("only_first_right", calls.onlyFirst());
                        json.put("only_second_right", calls.onlySecond());
                      });
            });
    return json;
  }

  /** Writes {@code comparison.csv} and, where there are groups, {@code comparison-groups.csv}. */
  void write(Path folder) throws IOException {
    if (!groups.isEmpty()) {
      groups.write(folder);
    }
    CsvFile.write(
        folder.resolve("comparison.csv"),
        CSV,
        comparison.figures().stream().map(ComparisonReport::fields).iterator());
  }

  private static List<@Nullable Object> fields(ComparedFigure figure) {
    List<@Nullable Object> fields = new ArrayList<>();
    fields.add(figure.className().orElse(""));
    fields.add(figure.metric());
    fields.add(figure.difference().n());
    for (Estimate estimate : List.of(figure.first(), figure.second(), figure.difference())) {
      fields.add(estimate.value());
      fields.add(estimate.lo());
      fields.add(estimate.hi());
    }
    Optional<PairedTest> test = figure.test();
    fields.add(test.map(one -> words(one.kind())).orElse(""));
    fields.add(test.map(PairedTest::p).orElse(Double.NaN));
    fields.add(test.filter(PairedTest::hasFewPatients).map(PairedTest::cautious).orElse(null));
    fields.add(test.map(PairedTest::adjusted).orElse(Double.NaN));
    Optional<McNemar> calls = test.flatMap(PairedTest::calls);
    fields.add(calls.map(McNemar::onlyFirst).orElse(null));
    fields.add(calls.map(McNemar::onlySecond).orElse(null));
    return fields;
  }
}
