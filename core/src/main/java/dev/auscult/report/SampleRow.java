package dev.auscult.report;

import dev.auscult.balance.AuditTask;
import dev.auscult.balance.ModalityShare;
import dev.auscult.balance.SampleBalance;
import dev.auscult.data.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sample in the list of all samples.
 *
 * @param number from 1, in the order of the data
 * @param id the sample's
 * @param text its caption or question, shortened
 * @param answer its reference answer; empty where nothing is asked
 * @param image the address of its image; empty if there is none
 * @param cells what each model makes of it, in the order of the command; empty where nothing
 */
record SampleRow(
    int number, String id, String text, String answer, String image, List<Optional<Cell>> cells) {
  private static final int EXCERPT = 160;

  /** Copies the list. */
  SampleRow {
    cells = List.copyOf(cells);
  }

  /**
   * A sample under one model.
   *
   * @param share TScore and its error; empty where undefined
   * @param score the audited score
   * @param noise whether its map is dominated by noise
   * @param predicted the model's answer; empty where nothing is asked
   * @param correct whether that is right
   */
  record Cell(
      Optional<ModalityShare> share,
      double score,
      boolean noise,
      Optional<String> predicted,
      boolean correct) {

    private static Cell of(SampleBalance balance) {
      return new Cell(
          balance.share(),
          balance.score(),
          balance.noiseDominated(),
          balance.choice().map(choice -> choice.predicted()),
          balance.choice().map(choice -> choice.correct()).orElse(false));
    }

    private List<@Nullable Object> json() {
      List<@Nullable Object> json = new ArrayList<>();
      json.add(share.map(s -> SampleData.rounded(s.tscore())).orElse(null));
      json.add(share.map(s -> SampleData.rounded(s.deltaSe())).orElse(null));
      json.add(SampleData.rounded(score));
      json.add((noise ? 1 : 0) + (correct ? 2 : 0));
      predicted.ifPresent(json::add);
      return json;
    }
  }

  /** The row of a sample. */
  static SampleRow of(
      int number,
      AuditTask task,
      Sample sample,
      String image,
      List<AuditedModel> models,
      List<SamplePanel.Shown> shown) {
    Optional<String> words = task == AuditTask.VQA ? sample.question() : sample.text();
    List<Optional<Cell>> cells =
        models.stream()
            .map(
                model ->
                    shown.stream()
                        .filter(s -> s.name().equals(model.name()))
                        .findFirst()
                        .map(s -> Cell.of(s.balance())))
            .toList();
    return new SampleRow(
        number,
        sample.id(),
        excerpt(words.orElse("")),
        excerpt(reference(task, sample)),
        image,
        cells);
  }

  /** What is to be selected, unless it is the words themselves. */
  private static String reference(AuditTask task, Sample sample) {
    return switch (task) {
      case VQA -> sample.answer().orElse("");
      case CLASS -> sample.label().orElse("");
      case ISA, FOIL, RETRIEVAL -> "";
    };
  }

  private static String excerpt(String text) {
    String line = XmlText.clean(text).replaceAll("\\s+", " ").strip();
    return line.codePointCount(0, line.length()) <= EXCERPT
        ? line
        : line.substring(0, line.offsetByCodePoints(0, EXCERPT)) + "…";
  }

  /** What the list's script needs: {@code [number, id, text, answer, image, [cell, …]]}. */
  List<Object> json() {
    List<Object> json = new ArrayList<>(List.of(number, XmlText.clean(id), text, answer, image));
    json.add(cells.stream().map(cell -> cell.map(Cell::json)).toList());
    return json;
  }
}
