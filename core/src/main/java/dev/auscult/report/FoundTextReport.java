package dev.auscult.report;

import dev.auscult.image.lettering.FoundText;
import dev.auscult.image.lettering.TextMark;
import dev.auscult.metric.Estimate;
import dev.auscult.overlay.FinderTrial;
import dev.auscult.overlay.FoundInImage;
import dev.auscult.overlay.PlaceTrial;
import dev.auscult.report.Table.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The page and files of a search for burned-in text.
 *
 * @param images all images
 * @param trial how well planted texts were found; empty where none were planted
 * @param marked how well marked places were found; empty where none were marked
 * @param run the result with its provenance
 */
public record FoundTextReport(
    List<FoundInImage> images,
    Optional<FinderTrial> trial,
    Optional<PlaceTrial> marked,
    RunReport run) {
  private static final List<String> IMAGES =
      List.of(
          "id",
          "patient",
          "score",
          "found",
          "boxes",
          "planted",
          "typeface",
          "size",
          "corner",
          "contrast",
          "covered");

  /** Copies the list. */
  public FoundTextReport {
    images = List.copyOf(images);
  }

  /** The result as scripts read it. */
  public static Map<String, @Nullable Object> figures(
      List<FoundInImage> images,
      Optional<FinderTrial> trial,
      Optional<PlaceTrial> marked,
      int skipped) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("n", images.size());
    json.put("skipped", skipped);
    json.put("with_text", images.stream().filter(FoundInImage::isFound).count());
    json.put("trial", trial.map(FoundTextReport::json));
    json.put("marked", marked.map(FoundTextReport::json));
    return json;
  }

  private static Map<String, @Nullable Object> json(PlaceTrial trial) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("recall", EvaluationJson.json(trial.recall()));
    json.put("precision", EvaluationJson.json(trial.precision()));
    json.put("covered_where_found", EvaluationJson.json(trial.covered()));
    return json;
  }

  private static Map<String, @Nullable Object> json(FinderTrial trial) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("recall", EvaluationJson.json(trial.recall()));
    json.put("precision", EvaluationJson.json(trial.precision()));
    json.put("false_alarms", EvaluationJson.json(trial.falseAlarms()));
    json.put("covered", EvaluationJson.json(trial.covered()));
    json.put("covered_where_found", EvaluationJson.json(trial.coveredWhereFound()));
    json.put("recall_clear", EvaluationJson.json(trial.recallOfClear()));
    Map<String, @Nullable Object> parts = new LinkedHashMap<>();
    trial
        .parts()
        .forEach(
            (part, recalls) -> {
              Map<String, @Nullable Object> of = new LinkedHashMap<>();
              recalls.forEach((name, recall) -> of.put(name, EvaluationJson.json(recall)));
              parts.put(part, of);
            });
    json.put("recall_by", parts);
    return json;
  }

  /** What was found, or how well planted texts were. */
  public Table table() {
    List<List<String>> rows = new ArrayList<>();
    long found = images.stream().filter(FoundInImage::isFound).count();
    rows.add(List.of("images", Figures.count(images.size())));
    rows.add(List.of("taken for images with text", Figures.count(found)));
    trial.ifPresent(measured -> rows.addAll(rows(measured)));
    marked.ifPresent(measured -> rows.addAll(rows(measured)));
    boolean measured = trial.isPresent() || marked.isPresent();
    return new Table(
        "Images with burned-in text" + (measured ? ", and how well it is found" : ""),
        List.of(Column.words("figure"), Column.numbers("value [95 %]")),
        rows);
  }

  private static List<List<String>> rows(FinderTrial trial) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("recall", trial.recall()));
    rows.add(row("precision", trial.precision()));
    rows.add(row("false alarms", trial.falseAlarms()));
    rows.add(row("share of the texts' boxes covered", trial.covered()));
    rows.add(row("the same, of texts found", trial.coveredWhereFound()));
    rows.add(row("recall without faint texts", trial.recallOfClear()));
    trial
        .parts()
        .forEach(
            (part, recalls) ->
                recalls.forEach(
                    (name, recall) ->
                        rows.add(row("recall, %s %s".formatted(part, name), recall))));
    return rows;
  }

  private static List<List<String>> rows(PlaceTrial trial) {
    return List.of(
        row("marked places found", trial.recall()),
        row("places found that are marked", trial.precision()),
        row("share of a found place covered", trial.covered()));
  }

  private static List<String> row(String name, Estimate share) {
    return List.of(name, Figures.percents(share) + ", n = " + Figures.count(share.n()));
  }

  /**
   * Writes {@code images.csv}, {@code boxes.csv}, {@code index.html} and, last, {@code
   * result.json}.
   *
   * @throws IOException if the folder cannot be written
   */
  public void write(Path folder) throws IOException {
    CsvFile.write(folder.resolve("images.csv"), IMAGES, images.stream().map(this::row).iterator());
    CsvFile.write(
        folder.resolve("boxes.csv"),
        List.of("id", "left", "top", "width", "height", "score"),
        images.stream()
            .flatMap(image -> image.found().stream().map(found -> row(image.id(), found)))
            .iterator());
    long found = images.stream().filter(FoundInImage::isFound).count();
    new SimpleReport(
            "Burned-in text in images",
            "%s of %s carry what looks like text."
                .formatted(Figures.count(found), Figures.count(images.size(), "image")),
            List.of(
                Section.of("Found", Block.table("found", table())),
                Section.of(
                    "How to read this",
                    Block.points(
                        List.of(
                            "Found is what is brighter or darker than its ground with one outline"
                                + " over many levels, has the shape of letters and stands in lines"
                                + " or alone near the border. Nothing is read; rotated lines,"
                                + " handwriting and much of faint text are not found.",
                            "boxes.csv has every place in pixels of the image, images.csv the score"
                                + " of each image.")))),
            run)
        .write(folder);
  }

  private List<@Nullable Object> row(FoundInImage image) {
    List<@Nullable Object> row = new ArrayList<>();
    row.add(image.id());
    row.add(image.cluster());
    row.add(image.score());
    row.add(image.isFound());
    row.add(image.found().size());
    Optional<TextMark> planted = image.planted();
    row.add(planted.map(TextMark::text).orElse(null));
    row.add(planted.map(mark -> mark.face().term()).orElse(null));
    row.add(planted.map(TextMark::size).orElse(null));
    row.add(planted.map(mark -> mark.corner().term()).orElse(null));
    row.add(planted.map(mark -> mark.contrast().term()).orElse(null));
    row.add(planted.map(mark -> image.covered()).orElse(null));
    return row;
  }

  private static List<Object> row(String id, FoundText found) {
    return List.of(
        id,
        found.box().left(),
        found.box().top(),
        found.box().width(),
        found.box().height(),
        found.score());
  }
}
