package dev.auscult.cli;

import dev.auscult.balance.AuditTask;
import dev.auscult.balance.ModalityBalance;
import dev.auscult.data.phantom.OutcomeRule;
import dev.auscult.fusion.FusionComparison;
import dev.auscult.fusion.FusionData;
import dev.auscult.fusion.FusionMethod;
import dev.auscult.fusion.FusionMetric;
import dev.auscult.fusion.FusionResult;
import dev.auscult.fusion.ModalityWorth;
import dev.auscult.metric.Estimate;
import dev.auscult.report.BalanceTables;
import dev.auscult.report.Block;
import dev.auscult.report.Charts;
import dev.auscult.report.Charts.NamedEstimate;
import dev.auscult.report.Figures;
import dev.auscult.report.RunReport;
import dev.auscult.report.Section;
import dev.auscult.report.SimpleReport;
import dev.auscult.report.Table;
import dev.auscult.report.Table.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What fusion found, as tables and files.
 *
 * @param data what was fitted and tested on
 * @param result the figures
 * @param balances the modality audit of the fused classifier by preset; may be empty
 * @param truth what outcomes depend on, of synthetic sketches
 * @param run the result with its provenance
 */
record SketchesReport(
    FusionData data,
    FusionResult result,
    Map<String, ModalityBalance> balances,
    Optional<OutcomeRule> truth,
    RunReport run) {

  /** One row per method. */
  Table figures() {
    List<Column> columns = new ArrayList<>(List.of(Column.words("what is seen")));
    for (FusionMetric metric : FusionMetric.values()) {
      columns.add(Column.numbers(metric.title()));
    }
    List<List<String>> rows = new ArrayList<>();
    for (FusionMethod method : FusionMethod.values()) {
      List<String> row = new ArrayList<>(List.of(title(method)));
      for (FusionMetric metric : FusionMetric.values()) {
        row.add(Figures.interval(result.figure(method, metric)));
      }
      rows.add(row);
    }
    return new Table(
        "%s, with 95%% intervals by patient."
            .formatted(Figures.count(data.test().size(), "test sample")),
        columns,
        rows);
  }

  private String title(FusionMethod method) {
    return switch (method) {
      case IMAGE, TEXT -> method.title();
      case CONCATENATION, GATED -> "both, " + method.title();
    };
  }

  private Table comparisons() {
    return new Table(
        "Differences on the same samples, with 95% intervals by patient; p-values of the Brier"
            + " score by randomisation of whole patients, corrected for all rows (Holm).",
        List.of(
            Column.words("first against second"),
            Column.numbers("accuracy"),
            Column.numbers("AUROC"),
            Column.numbers("Brier score"),
            Column.numbers("p"),
            Column.numbers("p (Holm)")),
        result.comparisons().stream()
            .map(
                one ->
                    List.of(
                        "%s − %s".formatted(one.first().title(), one.second().title()),
                        Figures.interval(one.accuracy()),
                        Figures.interval(one.auroc()),
                        Figures.interval(one.brier()),
                        Figures.pValue(one.p()),
                        Figures.pValue(one.corrected())))
            .toList());
  }

  private Table worth() {
    List<List<String>> rows = new ArrayList<>();
    for (ModalityWorth worth : result.worth()) {
      rows.add(
          List.of(
              worth.metric().title() + " above seeing nothing",
              Figures.interval(worth.image()),
              Figures.interval(worth.text()),
              Figures.interval(worth.synergy())));
    }
    return new Table(
        "Shapley values of image and text: what each is worth to the figure. Seeing nothing is always"
            + " calling the outcome that is commonest in training. Synergy is what both reach beyond"
            + " the sum of each alone; negative where they say the same.",
        List.of(
            Column.words("figure"),
            Column.numbers("image"),
            Column.numbers("text"),
            Column.numbers("synergy")),
        rows);
  }

  private Table audit() {
    return new Table(
        "How the score of the fused classifier (log-odds of the outcome it calls) divides.",
        List.of(Column.words("what"), Column.numbers("mean over samples")),
        List.of(
            List.of("text's share of the score", Figures.percents(result.audit().textShare())),
            List.of("|image|", Figures.interval(result.audit().image())),
            List.of("|text|", Figures.interval(result.audit().text())),
            List.of("synergy", Figures.interval(result.audit().synergy()))));
  }

  /**
   * Writes the predictions of every method, {@code modality.csv}, {@code skipped.csv}, the page
   * and, last, {@code result.json}.
   */
  void write(Path folder) throws IOException {
    new SketchesFiles(data, result).write(folder);
    SkippedFile.writeInto(folder, data.skipped());
    new SimpleReport("Symptom sketches", finding(), sections(), run).write(folder);
  }

  private String finding() {
    return String.join(
        " ",
        sentence("The text", "the image", FusionMethod.IMAGE),
        sentence("The image", "the text", FusionMethod.TEXT));
  }

  private String sentence(String one, String other, FusionMethod alone) {
    FusionComparison gain = result.comparison(result.fused(), alone);
    Estimate auroc = gain.auroc();
    String amount =
        "%s [%s, %s]"
            .formatted(
                Figures.signed(auroc.value(), 3),
                Figures.signed(auroc.lo(), 3),
                Figures.signed(auroc.hi(), 3));
    if (auroc.lo() > 0) {
      return "%s adds to %s: AUROC %s.".formatted(one, other, amount);
    }
    return "%s adds nothing that can be seen to %s: AUROC %s.".formatted(one, other, amount);
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("Figures", Block.table("figures", figures())));
    sections.add(
        Section.of(
            "What each adds",
            Block.table("comparisons", comparisons()),
            Block.table("worth", worth()),
            Block.paragraph(
                "\"Fused\" below is the %s classifier: its loss on the validation side was smaller."
                    .formatted(result.fused().title()))));
    sections.add(
        Section.of(
            "What the fused score uses",
            Block.chart(
                Charts.modalityShares(
                    "shares",
                    List.of(
                        new NamedEstimate(
                            "fused, " + result.fused().title(), result.audit().textShare()))),
                "The text's share of the score; modality.csv holds every sample's."),
            Block.table("audit", audit()),
            Block.paragraph(
                "A modality that takes no part is replaced by that of each of 50 training samples,"
                    + " and the scores are averaged; with two players Shapley values are exact.")));
    sections.add(audited());
    truth.ifPresent(rule -> sections.add(truth(rule)));
    sections.add(Section.of("Training", Block.points(training())));
    sections.add(Section.of("Limits", Block.points(limits())));
    return sections;
  }

  /** Tokens and patches. */
  private Section audited() {
    String title = "Modality audit of the fused classifier";
    if (balances.isEmpty()) {
      return Section.of(title, Block.paragraph("Left out (--audit 0)."));
    }
    Map<String, ModalityBalance> named = new LinkedHashMap<>();
    balances.forEach(
        (preset, balance) -> named.put(result.fused().title() + " · " + preset, balance));
    return Section.of(
        title,
        Block.paragraph(
            "As auscult audit (MM-SHAP, Parcalabescu and Frank 2023), of the fused classifier's"
                + " log-odds of the outcome it calls: tokens and patches are masked before the"
                + " encoders, and each has its Shapley value. TScore is the text's share of their"
                + " absolute values, 1 − TScore the image's; delta is TScore − IScore. Rows:"
                + " %s/samples.csv and %s/attributions.jsonl."
                    .formatted(FusedAudit.FOLDER, FusedAudit.FOLDER)),
        Block.table("modality-audit", BalanceTables.brief(AuditTask.ISA, named)),
        Block.paragraph(
            "Many patches that each move the score a little add up in such a share; the shares"
                + " above, with two players, do not depend on how finely a modality is cut."));
  }

  /** What no classifier can exceed on average. */
  private static Table best(OutcomeRule rule) {
    List<List<String>> rows = new ArrayList<>();
    for (FusionMethod seen :
        List.of(FusionMethod.IMAGE, FusionMethod.TEXT, FusionMethod.CONCATENATION)) {
      rows.add(
          List.of(
              seen == FusionMethod.CONCATENATION ? "both" : seen.title(),
              Figures.decimal(rule.bestAccuracy(SketchesJson.seen(seen)), 3),
              Figures.decimal(rule.bestAuroc(SketchesJson.seen(seen)), 3)));
    }
    return new Table(
        "What no classifier can exceed on average.",
        List.of(Column.words("what is seen"), Column.numbers("accuracy"), Column.numbers("AUROC")),
        rows);
  }

  private static Section truth(OutcomeRule rule) {
    List<List<String>> rows = new ArrayList<>();
    for (int drawing : List.of(1, -1)) {
      for (int text : List.of(1, -1)) {
        rows.add(
            List.of(
                drawing > 0 ? "trunk (+1)" : "limb (−1)",
                text > 0 ? "deep (+1)" : "on the skin (−1)",
                Figures.decimal(rule.urgent(drawing, text), 3)));
      }
    }
    return Section.of(
        "The known truth",
        Block.paragraph(
            "These sketches are synthetic. P(urgent | s, t) = (1 + %s s + %s t + %s s t) / 2 with"
                    .formatted(rule.drawing(), rule.text(), rule.both())
                + " the drawing's sign s and the text's sign t, both even and independent; the best"
                + " figures follow from it exactly."),
        Block.table(
            new Table(
                "Probability of an urgent outcome.",
                List.of(
                    Column.words("drawing marks"),
                    Column.words("text tells of"),
                    Column.numbers("P(urgent)")),
                rows)),
        Block.table(best(rule)));
  }

  private List<String> training() {
    List<String> points = new ArrayList<>();
    points.add(
        "%s trained, %s validated, %s tested; no patient is in two of them."
            .formatted(
                Figures.count(data.train().size(), "sample"),
                Figures.count(data.validation().size()),
                Figures.count(data.test().size())));
    points.add("Outcomes: " + String.join(", ", data.outcomes()) + ".");
    if (data.truncated() > 0) {
      points.add(
          Figures.count(data.truncated(), "text")
              + " longer than the model's context, cut off there.");
    }
    result
        .trained()
        .forEach(
            (method, trained) ->
                points.add(
                    "%s: loss %s on the validation side with %s."
                        .formatted(
                            method.title(),
                            Figures.decimal(trained.validationLoss(), 3),
                            trained.chosen())));
    return points;
  }

  private List<String> limits() {
    List<String> limits = new ArrayList<>();
    limits.add(
        "Everything is said of what a small classifier finds in this model's embeddings: another"
            + " model may see more in the same drawings and texts.");
    limits.add("Intervals hold for patients like those of the test side; one split, one seed.");
    if (truth.isPresent()) {
      limits.add(
          "Synthetic drawings and words: what is found here says that the method finds what is"
              + " there, nothing about patients.");
    }
    return limits;
  }
}
