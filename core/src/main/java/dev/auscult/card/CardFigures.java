package dev.auscult.card;

import dev.auscult.metric.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Gathers every figure with an interval from the result of a command, known or not: an object with
 * a number {@code value} or {@code mean} beside {@code lo} and {@code hi}.
 */
final class CardFigures {
  /** More than a reader takes in; what is beyond stays in {@code result.json}. */
  static final int MOST = 60;

  private static final int DEPTH = 12;

  /** Keys that name an entry of a list. */
  private static final List<String> NAMES =
      List.of(
          "model", "preset", "name", "kind", "figure", "method", "first", "second", "direction");

  private final String model;
  private final Set<String> without;
  private final List<CardFigure> found = new ArrayList<>();
  private int beyond;

  private CardFigures(String model, Set<String> without) {
    this.model = model;
    this.without = without;
  }

  /**
   * What was found.
   *
   * @param figures at most {@link #MOST}
   * @param beyond how many more there were
   */
  record Found(List<CardFigure> figures, int beyond) {
    Found {
      figures = List.copyOf(figures);
    }
  }

  /**
   * All figures below a node, in order.
   *
   * @param model entries of other models are passed over
   * @param without keys that are passed over
   */
  static Found of(JsonNode node, String model, Set<String> without) {
    CardFigures figures = new CardFigures(model, without);
    figures.walk(node, List.of(), 0);
    return new Found(figures.found, figures.beyond);
  }

  /** The figure that a node is; empty if it is none. */
  static Optional<Estimate> figure(JsonNode node) {
    JsonNode value = node.path(node.path("value").isNumber() ? "value" : "mean");
    if (!value.isNumber() || !node.has("lo") || !node.has("hi")) {
      return Optional.empty();
    }
    double lo = number(node.path("lo"));
    double hi = number(node.path("hi"));
    int n = node.path("n").isInt() ? Math.max(0, node.path("n").intValue()) : 0;
    boolean ordered = lo <= hi;
    return Optional.of(
        new Estimate(
            value.doubleValue(),
            number(node.path("sd")),
            ordered ? lo : Double.NaN,
            ordered ? hi : Double.NaN,
            n));
  }

  private static double number(JsonNode node) {
    return node.isNumber() ? node.doubleValue() : Double.NaN;
  }

  private void walk(JsonNode node, List<String> path, int depth) {
    Optional<Estimate> figure = figure(node);
    if (figure.isPresent()) {
      keep(path, figure.get());
    } else if (node.isObject() && depth < DEPTH) {
      if (!ofAnotherModel(node)) {
        walkFields(node, path, depth);
      }
    } else if (node.isArray() && depth < DEPTH) {
      int number = 1;
      for (JsonNode entry : node) {
        walk(entry, with(path, name(entry, number++)), depth + 1);
      }
    }
  }

  private void walkFields(JsonNode node, List<String> path, int depth) {
    boolean models = !path.isEmpty() && path.get(path.size() - 1).equals("models");
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      boolean other = models && !field.getKey().equals(model) && node.has(model);
      if (!other && !without.contains(field.getKey())) {
        walk(field.getValue(), with(path, field.getKey()), depth + 1);
      }
    }
  }

  private boolean ofAnotherModel(JsonNode node) {
    JsonNode name = node.path("model");
    return name.isString() && !name.stringValue().equals(model);
  }

  private void keep(List<String> path, Estimate estimate) {
    if (found.size() < MOST) {
      found.add(new CardFigure(String.join(", ", shown(path)), estimate));
    } else {
      beyond++;
    }
  }

  /** Without the words that are the same on every row of a card. */
  private List<String> shown(List<String> path) {
    return path.stream()
        .filter(word -> !word.equals("models") && !word.equals(model))
        .map(CardWords::title)
        .toList();
  }

  private String name(JsonNode entry, int number) {
    List<String> words = new ArrayList<>();
    for (String key : NAMES) {
      JsonNode value = entry.path(key);
      if (value.isString() && !value.stringValue().equals(model)) {
        words.add(value.stringValue());
      }
    }
    return words.isEmpty()
        ? entry.path("model").isString() ? model : "no. " + number
        : String.join(" ", words);
  }

  private static List<String> with(List<String> path, String word) {
    List<String> longer = new ArrayList<>(path);
    longer.add(word.length() <= 80 ? word : word.substring(0, 77) + "...");
    return longer;
  }
}
