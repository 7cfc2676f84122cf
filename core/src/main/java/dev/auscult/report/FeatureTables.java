package dev.auscult.report;

import dev.auscult.features.DataFeatures;
import dev.auscult.features.FeatureComparison;
import dev.auscult.features.FeatureFigure;
import dev.auscult.features.FeatureResult;
import dev.auscult.features.FeatureVerdict;
import dev.auscult.features.FeatureVerdict.Pair;
import dev.auscult.features.ModelDomain;
import dev.auscult.features.ModelFeatures;
import dev.auscult.report.Table.Column;
import java.util.ArrayList;
import java.util.List;

/** The tables of a feature study. */
public final class FeatureTables {
  private FeatureTables() {}

  /** How classes separate, one row per model. */
  public static Table separation(DataFeatures data) {
    int classes = data.description().measuredClasses().size();
    return table(
        "%s: how %d classes by %s separate (%s; chance is %s for probe and neighbours)."
            .formatted(
                data.description().name(),
                classes,
                data.description().grouping().name(),
                Figures.count(data.description().measured(), "image"),
                Figures.decimal(1.0 / classes, 3)),
        data,
        FeatureFigure.ofClasses());
  }

  /** How vectors lie, one row per model. */
  public static Table geometry(DataFeatures data) {
    return table(
        "%s: how images and texts lie on the sphere.".formatted(data.description().name()),
        data,
        FeatureFigure.ofGeometry());
  }

  /** How alike the features of each two models are. */
  static Table alike(DataFeatures data) {
    List<List<String>> rows = new ArrayList<>();
    for (int a = 0; a < data.models().size(); a++) {
      for (int b = a + 1; b < data.models().size(); b++) {
        rows.add(
            List.of(
                data.models().get(a).model(),
                data.models().get(b).model(),
                Figures.interval(data.cka().get(a).get(b)),
                Figures.decimal(data.biasedCka().get(a).get(b), 3)));
      }
    }
    return new Table(
        "%s: how alike the features of two models are, with 95 %% intervals by patient."
            .formatted(data.description().name()),
        List.of(
            Column.words("first model"),
            Column.words("second model"),
            Column.numbers("CKA, debiased"),
            Column.numbers("as first published")),
        rows);
  }

  private static Table table(String caption, DataFeatures data, List<FeatureFigure> figures) {
    List<Column> columns = new ArrayList<>(List.of(Column.words("model")));
    boolean domains = data.models().stream().anyMatch(of -> of.domain() != ModelDomain.UNKNOWN);
    if (domains) {
      columns.add(Column.words("trained on"));
    }
    figures.forEach(figure -> columns.add(Column.numbers(title(figure))));
    List<List<String>> rows = new ArrayList<>();
    for (ModelFeatures model : data.models()) {
      List<String> row = new ArrayList<>(List.of(model.model()));
      if (domains) {
        row.add(model.domain().term());
      }
      figures.forEach(figure -> row.add(Figures.interval(model.figure(figure), 2)));
      rows.add(row);
    }
    return new Table(caption, columns, rows);
  }

  private static String title(FeatureFigure figure) {
    return switch (figure.better()) {
      case HIGHER -> figure.title() + " ↑";
      case LOWER -> figure.title() + " ↓";
      case NEITHER -> figure.title();
    };
  }

  private static String unclear(Pair pair) {
    return pair.separating().isEmpty() ? "neither beyond chance" : "unclear";
  }

  /** Every comparison of two models. */
  static Table comparisons(FeatureResult result) {
    List<List<String>> rows = new ArrayList<>();
    for (Pair pair : new FeatureVerdict(result).pairs()) {
      for (FeatureComparison of : pair.figures()) {
        rows.add(
            List.of(
                of.first(),
                of.second(),
                of.data(),
                of.by(),
                of.figure().title(),
                Figures.interval(of.difference()),
                Figures.pValue(of.pHolm()),
                pair.better(of).orElse(unclear(pair))));
      }
    }
    return new Table(
        "Differences of two models on the same images.",
        List.of(
            Column.words("first model"),
            Column.words("second model"),
            Column.words("data"),
            Column.words("classes by"),
            Column.words("figure"),
            Column.numbers("first − second [95 %]"),
            Column.numbers("p, Holm"),
            Column.words("better")),
        rows);
  }
}
