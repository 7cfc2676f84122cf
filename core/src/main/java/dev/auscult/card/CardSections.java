package dev.auscult.card;

import dev.auscult.metric.Estimate;
import dev.auscult.report.Figures;
import dev.auscult.report.Table;
import dev.auscult.report.Table.Column;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a result says on a topic, as a table. */
final class CardSections {
  private static final List<String> PERFORMANCE =
      List.of(
          "accuracy",
          "balanced_accuracy",
          "macro_recall",
          "macro_f1",
          "auroc",
          "auprc",
          "sensitivity_at_95_specificity",
          "sensitivity",
          "specificity");
  private static final List<String> CALIBRATION = List.of("ece", "ece_unweighted", "brier");

  /** Figures that a table of groups shows, those that there are. */
  private static final List<String> OF_GROUPS =
      List.of("auroc", "accuracy", "sensitivity", "specificity");

  /** Parts of results that are too many or too fine for a card. */
  private static final Set<String> PASSED_OVER =
      Set.of("per_class", "samples", "examples", "conditions", "confusion_matrix", "chance");

  private static final int MOST_GROUPS = 40;

  private CardSections() {}

  /** A figure's name for readers. */
  static String title(String name) {
    return CardWords.title(name);
  }

  /**
   * What a card says on a topic from one result.
   *
   * @param figures those shown, for scripts
   * @param tables the same for readers
   * @param remarks sentences of the result itself, and what is not shown
   */
  record Part(List<CardFigure> figures, List<Table> tables, List<String> remarks) {
    Part {
      figures = List.copyOf(figures);
      tables = List.copyOf(tables);
      remarks = List.copyOf(remarks);
    }
  }

  /** The part of a result that belongs to a topic; empty if it says nothing on it. */
  static Optional<Part> part(CardTopic topic, ResultFolder folder, String model) {
    return switch (topic) {
      case PERFORMANCE -> named("Figures", PERFORMANCE, folder);
      case CALIBRATION -> named("Calibration", CALIBRATION, folder);
      case FAIRNESS -> fairness(folder);
      case MODALITY_BALANCE, OVERLAY, RETRIEVAL, FEATURES, ADAPTATION, FUSION ->
          every(folder, model);
    };
  }

  private static Optional<Part> named(String caption, List<String> names, ResultFolder folder) {
    List<CardFigure> figures = new ArrayList<>();
    for (String name : names) {
      CardFigures.figure(folder.result().path(name))
          .ifPresent(found -> figures.add(new CardFigure(title(name), found)));
    }
    return figures.isEmpty()
        ? Optional.empty()
        : Optional.of(new Part(figures, List.of(table(caption, figures)), List.of()));
  }

  /** Everything with an interval, whatever the command. */
  static Optional<Part> every(ResultFolder folder, String model) {
    CardFigures.Found found = CardFigures.of(folder.result(), model, PASSED_OVER);
    List<String> remarks = new ArrayList<>(sentences(folder.result(), model));
    if (found.beyond() > 0) {
      remarks.add("%s more in its result.json.".formatted(Figures.count(found.beyond(), "figure")));
    }
    return found.figures().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Part(
                found.figures(),
                List.of(table("Figures of auscult " + folder.command(), found.figures())),
                remarks));
  }

  private static Set<String> sentences(JsonNode result, String model) {
    Set<String> sentences = new LinkedHashSet<>();
    List<JsonNode> nodes = new ArrayList<>(List.of(result));
    result.path("models").forEach(nodes::add);
    for (JsonNode node : nodes) {
      JsonNode of = node.path("model");
      if (node.path("sentence").isString() && (!of.isString() || of.stringValue().equals(model))) {
        sentences.add(shortened(node.path("sentence").stringValue()));
      }
    }
    for (JsonNode sentence : result.path("verdict")) {
      if (sentence.isString() && sentence.stringValue().contains(model)) {
        sentences.add(shortened(sentence.stringValue()));
      }
    }
    return sentences;
  }

  private static String shortened(String text) {
    return text.length() <= 500 ? text : text.substring(0, 497) + "...";
  }

  private static Table table(String caption, List<CardFigure> figures) {
    return new Table(
        caption + ", with 95% intervals as the command wrote them.",
        List.of(Column.words("figure"), Column.numbers("value"), Column.numbers("n")),
        figures.stream()
            .map(
                figure ->
                    List.of(
                        figure.name(),
                        Figures.interval(figure.estimate()),
                        figure.estimate().n() > 0
                            ? Figures.count(figure.estimate().n())
                            : Figures.UNDEFINED))
            .toList());
  }

  private static Optional<Part> fairness(ResultFolder folder) {
    List<CardFigure> figures = new ArrayList<>();
    List<List<String>> rows = groups(folder.result().path("groups"), figures);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<Table> tables = new ArrayList<>();
    List<Column> columns =
        new ArrayList<>(
            List.of(Column.words("group"), Column.numbers("n"), Column.numbers("patients")));
    OF_GROUPS.forEach(name -> columns.add(Column.numbers(title(name))));
    tables.add(new Table("Every group, n first; 95% intervals by patient.", columns, rows));
    List<CardFigure> gaps = new ArrayList<>();
    for (Map.Entry<String, JsonNode> gap : folder.result().path("gaps").properties()) {
      for (String name : OF_GROUPS) {
        CardFigures.figure(gap.getValue().path(name))
            .ifPresent(found -> gaps.add(new CardFigure(gap.getKey() + ": " + title(name), found)));
      }
    }
    if (!gaps.isEmpty()) {
      tables.add(table("Gap between the best and the worst group", gaps));
      figures.addAll(gaps);
    }
    return Optional.of(new Part(figures, tables, findings(folder.result())));
  }

  private static List<List<String>> groups(JsonNode groups, List<CardFigure> figures) {
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> attribute : groups.properties()) {
      for (Map.Entry<String, JsonNode> value : attribute.getValue().properties()) {
        if (rows.size() < MOST_GROUPS) {
          rows.add(group(attribute.getKey() + " " + value.getKey(), value.getValue(), figures));
        }
      }
    }
    return rows;
  }

  private static List<String> group(String name, JsonNode group, List<CardFigure> figures) {
    List<String> row = new ArrayList<>(List.of(name, count(group, "n"), count(group, "patients")));
    for (String metric : OF_GROUPS) {
      Optional<Estimate> found = CardFigures.figure(group.path(metric));
      found.ifPresent(value -> figures.add(new CardFigure(name + ": " + title(metric), value)));
      row.add(found.map(Figures::interval).orElse(Figures.UNDEFINED));
    }
    return row;
  }

  private static String count(JsonNode node, String key) {
    return node.path(key).isInt() ? Figures.count(node.path(key).intValue()) : Figures.UNDEFINED;
  }

  /** Whether a group was large enough to be compared. */
  static boolean compares(JsonNode result) {
    return !result.path("tests").isEmpty() || !result.path("gaps").isEmpty();
  }

  private static List<String> findings(JsonNode result) {
    if (!compares(result)) {
      return List.of("No group has enough patients to be compared.");
    }
    List<String> sentences = new ArrayList<>();
    for (JsonNode finding : result.path("findings")) {
      CardFigures.figure(finding.path("difference"))
          .ifPresent(
              difference ->
                  sentences.add(
                      "Served worse than all together beyond chance: %s %s, %s by %s."
                          .formatted(
                              finding.path("attribute").asString(),
                              finding.path("value").asString(),
                              finding.path("metric").asString(),
                              Figures.interval(difference))));
    }
    return sentences.isEmpty()
        ? List.of(
            "No compared group is served worse than all together beyond chance (Holm). That is no"
                + " proof that none is.")
        : sentences;
  }
}
