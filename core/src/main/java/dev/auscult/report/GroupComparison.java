package dev.auscult.report;

import dev.auscult.evaluation.ComparedGroup;
import dev.auscult.evaluation.Comparison;
import dev.auscult.metric.TestedDifference;
import dev.auscult.report.Table.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Two models side by side on every subgroup: in words, as tables, as JSON and as CSV. */
final class GroupComparison {
  /** The file of all figures. */
  static final String FILE = "comparison-groups.csv";

  private static final String NONE = "The models differ beyond chance on no group.";

  private final List<ComparedGroup> groups;
  private final List<ComparedGroup> findings;

  GroupComparison(Comparison comparison) {
    this.groups = comparison.groups();
    this.findings = comparison.groupFindings();
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }

  /** What came out, in a sentence; empty without groups. */
  String summary() {
    if (isEmpty()) {
      return "";
    }
    return findings.isEmpty()
        ? NONE
        : "By group: %s of %s."
            .formatted(
                Stream.of(won("A", 1), won("B", -1))
                    .filter(won -> !won.isEmpty())
                    .collect(Collectors.joining(", ")),
                groups.stream().map(GroupComparison::name).distinct().count());
  }

  private String won(String model, int sign) {
    long won = won(sign).stream().map(GroupComparison::name).distinct().count();
    return won == 0 ? "" : "%s is better beyond chance on %d".formatted(model, won);
  }

  private List<ComparedGroup> won(int sign) {
    return findings.stream()
        .filter(group -> Math.signum(group.difference().difference().value()) == sign)
        .toList();
  }

  private String sentence() {
    return findings.isEmpty() ? NONE : (better("A", 1) + better("B", -1)).strip();
  }

  private String better(String model, int sign) {
    String won =
        won(sign).stream()
            .collect(
                Collectors.groupingBy(
                    GroupComparison::name,
                    LinkedHashMap::new,
                    Collectors.mapping(
                        group -> MetricWords.of(group.metric()), Collectors.joining(", "))))
            .entrySet()
            .stream()
            .map(entry -> "%s (%s)".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("; "));
    return won.isEmpty() ? "" : "%s is better beyond chance on %s. ".formatted(model, won);
  }

  private static String name(ComparedGroup group) {
    return group.attribute() + " " + group.value();
  }

  /** The part of a page. */
  Section section() {
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.paragraph(sentence() + " " + tests()));
    groups.stream()
        .filter(group -> !group.intersection())
        .map(ComparedGroup::attribute)
        .distinct()
        .forEach(attribute -> blocks.add(Block.table(table(attribute))));
    return new Section("Comparison by group", blocks);
  }

  private String tests() {
    long tests = groups.stream().filter(group -> !Double.isNaN(group.difference().p())).count();
    return "Each difference is tested over the bootstrap's standard error by Student's t, with the"
        + " patients of the group less one as degrees of freedom; Holm's correction is over the %s by group, level %s. Groups too small to be compared are left out; %s holds intersections too."
            .formatted(
                Figures.count(tests, "test"), Figures.decimal(TestedDifference.LEVEL, 2), FILE);
  }

  private Table table(String attribute) {
    return new Table(
        "Differences of A and B by %s, with 95 %% intervals by patient.".formatted(attribute),
        List.of(
            Column.words(attribute),
            Column.numbers("n"),
            Column.numbers("patients"),
            Column.words("figure"),
            Column.numbers("A"),
            Column.numbers("B"),
            Column.numbers("A − B"),
            Column.numbers("p (Holm)")),
        groups.stream()
            .filter(group -> group.attribute().equals(attribute))
            .map(GroupComparison::row)
            .toList());
  }

  private static List<String> row(ComparedGroup group) {
    return List.of(
        group.value(),
        Figures.count(group.n()),
        Figures.count(group.patients()),
        MetricWords.of(group.metric()),
        Figures.decimal(group.first().value(), 3),
        Figures.decimal(group.second().value(), 3),
        ComparisonReport.shown(group.difference().difference()),
        Figures.pValue(group.difference().adjusted()));
  }

  /** By attribute, value and figure, as scripts read it. */
  Map<String, @Nullable Object> json() {
    Map<String, Map<String, Map<String, @Nullable Object>>> attributes = new LinkedHashMap<>();
    for (ComparedGroup group : groups) {
      Map<String, @Nullable Object> own =
          attributes
              .computeIfAbsent(group.attribute(), name -> new LinkedHashMap<>())
              .computeIfAbsent(group.value(), name -> new LinkedHashMap<>());
      own.put("n", group.n());
      own.put("patients", group.patients());
      own.put(group.metric(), json(group));
    }
    return new LinkedHashMap<>(attributes);
  }

  private static Map<String, @Nullable Object> json(ComparedGroup group) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("first", EvaluationJson.json(group.first()));
    json.put("second", EvaluationJson.json(group.second()));
    json.put("difference", EvaluationJson.json(group.difference().difference()));
    json.put("p", group.difference().p());
    json.put("p_holm", group.difference().adjusted());
    return json;
  }

  /** Writes {@value #FILE}. */
  void write(Path folder) throws IOException {
    CsvFile.write(
        folder.resolve(FILE),
        List.of(
            "attribute",
            "group",
            "n",
            "patients",
            "metric",
            "first",
            "second",
            "difference",
            "lo",
            "hi",
            "p",
            "p_holm"),
        groups.stream().map(GroupComparison::fields).iterator());
  }

  private static List<Object> fields(ComparedGroup group) {
    return List.of(
        group.attribute(),
        group.value(),
        group.n(),
        group.patients(),
        group.metric(),
        group.first().value(),
        group.second().value(),
        group.difference().difference().value(),
        group.difference().difference().lo(),
        group.difference().difference().hi(),
        group.difference().p(),
        group.difference().adjusted());
  }
}
