package dev.auscult.card;

import dev.auscult.card.CardSections.Part;
import dev.auscult.metric.Estimate;
import dev.auscult.report.Figures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The finding on a topic in half a sentence: what a reader takes away at a glance. */
final class CardHeadline {
  private static final int MOST_GROUPS = 3;

  private CardHeadline() {}

  /**
   * What a result says first on a topic.
   *
   * @param part what the card shows of it, with at least one figure
   * @param model the card's model
   */
  static String of(CardTopic topic, ResultFolder folder, Part part, String model) {
    Optional<String> finding =
        switch (topic) {
          case FAIRNESS -> fairness(folder.result());
          case OVERLAY -> overlay(folder.result(), model);
          case MODALITY_BALANCE -> balance(folder.result(), model);
          case FEATURES -> written(folder.result());
          case FUSION -> fused(folder.result());
          default -> Optional.empty();
        };
    return finding.orElseGet(() -> figure(part));
  }

  private static String figure(Part part) {
    CardFigure first =
        part.figures().stream()
            .filter(
                figure ->
                    figure.name().toLowerCase(Locale.ROOT).endsWith("auroc")
                        || figure.name().endsWith(CardWords.title("recall_at_1")))
            .findFirst()
            .orElse(part.figures().get(0));
    return first.name() + " " + Figures.interval(first.estimate());
  }

  /** What the command itself says first, if it does. */
  private static Optional<String> written(JsonNode result) {
    JsonNode headline = result.path("headline");
    return Optional.of(headline.asString("")).filter(words -> !words.isBlank());
  }

  /** How well image and text predict together. */
  private static Optional<String> fused(JsonNode result) {
    JsonNode method = result.path("methods").path(result.path("fused").asString(""));
    return CardFigures.figure(method.path("auroc"))
        .map(found -> "image and text together: AUROC " + Figures.interval(found));
  }

  /** How the model's score divides, from the first entry of the model. */
  private static Optional<String> balance(JsonNode result, String model) {
    for (JsonNode entry : result.path("models")) {
      if (entry.path("model").asString("").equals(model)) {
        return CardFigures.figure(entry.path("tscore"))
            .map(
                text ->
                    "%s%% of the score come from the text, the rest from the image"
                        .formatted(Figures.interval(text.affine(100, 0), 1)));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> fairness(JsonNode result) {
    if (!CardSections.compares(result)) {
      return Optional.of("no group has enough patients to be compared");
    }
    Map<String, String> worse = worse(result.path("findings"));
    if (worse.isEmpty()) {
      return largestGap(result.path("gaps"))
          .map(gap -> "no group served worse beyond chance; largest gap: " + gap);
    }
    String shown = String.join("; ", worse.values().stream().limit(MOST_GROUPS).toList());
    int more = worse.size() - MOST_GROUPS;
    return Optional.of(
        "served worse beyond chance: "
            + shown
            + (more > 0 ? "; and " + Figures.count(more, "more group") : ""));
  }

  /** The first finding on every group, by the group's name. */
  private static Map<String, String> worse(JsonNode findings) {
    Map<String, String> worse = new LinkedHashMap<>();
    for (JsonNode finding : findings) {
      String group = finding.path("attribute").asString() + " " + finding.path("value").asString();
      CardFigures.figure(finding.path("difference"))
          .ifPresent(
              difference ->
                  worse.putIfAbsent(
                      group,
                      "%s (%s by %s)"
                          .formatted(
                              group,
                              CardSections.title(finding.path("metric").asString()),
                              Figures.interval(difference))));
    }
    return worse;
  }

  /** The largest gap of AUROC, or where there is none, of accuracy. */
  private static Optional<String> largestGap(JsonNode gaps) {
    for (String metric : List.of("auroc", "accuracy")) {
      double largest = Double.NEGATIVE_INFINITY;
      Optional<String> words = Optional.empty();
      for (Map.Entry<String, JsonNode> attribute : gaps.properties()) {
        Optional<Estimate> gap = CardFigures.figure(attribute.getValue().path(metric));
        if (gap.isPresent() && gap.get().value() > largest) {
          largest = gap.get().value();
          words =
              Optional.of(
                  "%s %s, %s"
                      .formatted(
                          CardSections.title(metric),
                          Figures.interval(gap.get()),
                          attribute.getKey()));
        }
      }
      if (words.isPresent()) {
        return words;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> overlay(JsonNode result, String model) {
    for (JsonNode entry : result.path("models")) {
      if (entry.path("model").asString("").equals(model) && entry.has("verdict")) {
        JsonNode verdict = entry.path("verdict");
        return verdict.isNull()
            ? Optional.of("no verdict: not tried with true and with contradicting text")
            : CardFigures.figure(verdict.path("difference"))
                .map(
                    difference ->
                        "%s: true − contradicting %s points of probability"
                            .formatted(
                                verdict(verdict.path("kind").asString("")),
                                Figures.interval(difference.affine(100, 0), 1)));
      }
    }
    return Optional.empty();
  }

  private static String verdict(String kind) {
    return switch (kind) {
      case "follows" -> "follows burned-in text";
      case "does_not_follow" -> "does not follow burned-in text";
      default -> kind.replace('_', ' ');
    };
  }
}
