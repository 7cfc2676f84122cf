package dev.auscult.cli;

import dev.auscult.cli.PlantedShortcuts.Accuracies;
import dev.auscult.report.Block;
import dev.auscult.report.CsvFile;
import dev.auscult.report.Figures;
import dev.auscult.report.RegionFindings.Share;
import dev.auscult.report.Section;
import dev.auscult.report.Table;
import dev.auscult.report.Table.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the demo found of the planted shortcuts, as tables and files.
 *
 * @param n phantoms behind each accuracy
 * @param models one entry per model
 */
record ShortcutFindings(int n, List<OfModel> models) {

  /** Copies the list. */
  ShortcutFindings {
    models = List.copyOf(models);
  }

  /**
   * One model's.
   *
   * @param model its name
   * @param zeroShot accuracy by the text burned into the image
   * @param answers accuracy by the wording of the question
   * @param overlay share of the contributions on the burned-in text
   * @param lesion share of the contributions on the finding
   */
  record OfModel(
      String model, Accuracies zeroShot, Accuracies answers, Share overlay, Share lesion) {

    /** Whether the audit caught the model reading the label instead of the image. */
    boolean readsTheLabel() {
      return zeroShot.caught() && overlay.leansOn();
    }

    /** Whether the audit caught the model answering by the wording of questions. */
    boolean followsTheWording() {
      return answers.caught();
    }

    private String verdict() {
      if (readsTheLabel()) {
        return followsTheWording() ? "reads the label, follows the wording" : "reads the label";
      }
      return followsTheWording() ? "follows the wording" : "no shortcut found";
    }

    private Map<String, @Nullable Object> toJson() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("model", model);
      json.put("reads_the_label", readsTheLabel());
      json.put("follows_the_wording", followsTheWording());
      json.put("zero_shot_accuracy", json(zeroShot));
      json.put("answer_accuracy", json(answers));
      json.put("overlay", json(overlay));
      json.put("lesion", json(lesion));
      return json;
    }

    private static Map<String, @Nullable Object> json(Accuracies accuracies) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("shortcut_present", accuracies.present());
      json.put("shortcut_removed", accuracies.removed());
      json.put("shortcut_misleading", accuracies.misleading());
      Map<String, @Nullable Object> lost = new LinkedHashMap<>();
      lost.put("mean", accuracies.lost().value());
      lost.put("lo", accuracies.lost().lo());
      lost.put("hi", accuracies.lost().hi());
      json.put("lost_without", lost);
      return json;
    }

    private static Map<String, @Nullable Object> json(Share share) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("share_of_contributions", share.mass().value());
      json.put("share_of_area", share.area());
      return json;
    }
  }

  /** The result as scripts read it. */
  List<Map<String, @Nullable Object>> toJson() {
    return models.stream().map(OfModel::toJson).toList();
  }

  /** Accuracies: one row per model. */
  Table accuracies() {
    return new Table(
        "Accuracy on %s unseen phantoms: with the shortcut, without it, and where it misleads."
            .formatted(Figures.count(n)),
        List.of(
            Column.words("model"),
            Column.numbers("label burned in"),
            Column.numbers("no text"),
            Column.numbers("wrong label"),
            Column.numbers("telling question"),
            Column.numbers("neutral question"),
            Column.numbers("misleading")),
        models.stream()
            .map(
                found ->
                    List.of(
                        found.model(),
                        Figures.percent(found.zeroShot().present()),
                        Figures.percent(found.zeroShot().removed()),
                        Figures.percent(found.zeroShot().misleading()),
                        Figures.percent(found.answers().present()),
                        Figures.percent(found.answers().removed()),
                        Figures.percent(found.answers().misleading())))
            .toList());
  }

  /** Shares of the contributions: one row per model. */
  Table shares() {
    return new Table(
        "Mean share of the absolute contributions of the patches that lies on the burned-in label"
            + " and on the finding, beside their share of the image.",
        List.of(
            Column.words("model"),
            Column.numbers("on the label"),
            Column.numbers("its area"),
            Column.numbers("on the finding"),
            Column.numbers("its area")),
        models.stream()
            .map(
                found ->
                    List.of(
                        found.model(),
                        Figures.percent(found.overlay().mass().value()),
                        Figures.percent(found.overlay().area()),
                        Figures.percent(found.lesion().mass().value()),
                        Figures.percent(found.lesion().area())))
            .toList());
  }

  /** What was caught: one row per model. */
  Table verdicts() {
    return new Table(
        "What was caught: a model reads the label if it certainly loses more than %s points without"
                .formatted(Figures.decimal(100 * Accuracies.IMMATERIAL, 0))
            + " it and more of its contributions lie on the label than on other places of that"
            + " size; it follows the wording if it loses as much with neutral questions.",
        List.of(
            Column.words("model"),
            Column.numbers("lost without label [95 %]"),
            Column.numbers("excess on the label [95 %]"),
            Column.numbers("lost with neutral questions [95 %]"),
            Column.words("verdict")),
        models.stream()
            .map(
                found ->
                    List.of(
                        found.model(),
                        Figures.percents(found.zeroShot().lost()),
                        Figures.percents(found.overlay().excess()),
                        Figures.percents(found.answers().lost()),
                        found.verdict()))
            .toList());
  }

  /** The section of the page. */
  Section section() {
    return Section.of(
        "Planted shortcuts",
        Block.paragraph(
            "Two of the three models were trained where something other than the anatomy gives the"
                + " answer away: a label burned into the image, or the wording of the question. An"
                + " audit must find that out. What a model loses when its shortcut is taken away, it"
                + " owed to the shortcut."),
        Block.table(accuracies()),
        Block.table(shares()),
        Block.table("shortcuts", verdicts()));
  }

  /** Writes {@code shortcuts.csv}. */
  void write(Path folder) throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    for (OfModel found : models) {
      rows.add(
          List.of(
              found.model(),
              n,
              found.zeroShot().present(),
              found.zeroShot().removed(),
              found.zeroShot().misleading(),
              found.answers().present(),
              found.answers().removed(),
              found.answers().misleading(),
              found.overlay().mass().value(),
              found.overlay().area(),
              found.lesion().mass().value(),
              found.lesion().area(),
              found.readsTheLabel(),
              found.followsTheWording()));
    }
    CsvFile.write(
        folder.resolve("shortcuts.csv"),
        List.of(
            "model",
            "n",
            "zero_shot_label",
            "zero_shot_no_text",
            "zero_shot_wrong_label",
            "answers_telling",
            "answers_neutral",
            "answers_misleading",
            "overlay_share",
            "overlay_area",
            "lesion_share",
            "lesion_area",
            "reads_the_label",
            "follows_the_wording"),
        rows.iterator());
  }
}
