package dev.auscult.balance;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.auscult.base.AtomicFile;
import dev.auscult.base.ContentHash;
import dev.auscult.base.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The quality of explanations on disk: {@code quality.jsonl}, which grows sample by sample and is
 * continued after an interruption, and {@code quality.csv} once all are there. Only the samples'
 * ids stay in memory.
 */
public final class QualityRows implements AutoCloseable {
  private static final String LINES = "quality.jsonl";
  private static final String TABLE = "quality.csv";
  private static final String UNDEFINED = "NA";

  private final Path folder;
  private final RowLog log;
  private final Set<String> finished;

  private QualityRows(Path folder, RowLog log, Set<String> finished) {
    this.folder = folder;
    this.log = log;
    this.finished = finished;
  }

  /**
   * Begins in a folder, or continues what was begun there.
   *
   * @param run identifies models, data and configuration
   * @throws InputException if the folder holds the rows of another run
   * @throws IOException if the folder cannot be written
   */
  public static QualityRows open(Path folder, ContentHash run) throws IOException {
    Set<String> finished = new HashSet<>();
    RowLog log =
        RowLog.open(folder, LINES, run, line -> finished.add(key(QualityLine.parse(line))));
    return new QualityRows(folder, log, finished);
  }

  private static String key(QualityLine line) {
    return key(line.model(), line.preset(), line.quality().id());
  }

  private static String key(String model, String preset, String id) {
    return model + '\n' + preset + '\n' + id;
  }

  /** Whether a sample's explanation has been examined. */
  boolean has(String model, Preset preset, String id) {
    return finished.contains(key(model, preset.label(), id));
  }

  /** Takes what was found of a sample, unless it is known. */
  void accept(String model, Preset preset, SampleQuality quality) {
    if (finished.add(key(model, preset.label(), quality.id()))) {
      log.append(new QualityLine(model, preset.label(), quality).format());
    }
  }

  /**
   * Ends a complete run: both files get their final form and name.
   *
   * @throws IOException if a file cannot be written
   */
  public void finish() throws IOException {
    log.finish();
    AtomicFile.write(
        folder.resolve(TABLE),
        out -> {
          CsvWriter csv =
              CsvWriter.builder()
                  .lineDelimiter(LineDelimiter.LF)
                  .build(out, StandardCharsets.UTF_8);
          List<String> header = new ArrayList<>(List.of("model", "preset", "id"));
          header.addAll(QualityLine.FIGURES);
          header.add("passes");
          csv.writeRecord(header);
          forEach(folder, line -> csv.writeRecord(fields(line)));
          csv.flush();
        });
  }

  private static List<String> fields(QualityLine line) {
    List<String> fields = new ArrayList<>();
    fields.add(line.model());
    fields.add(line.preset());
    fields.add(line.quality().id());
    QualityLine.figures(line.quality())
        .forEach(value -> fields.add(Double.isFinite(value) ? "" + value : UNDEFINED));
    fields.add(Long.toString(line.quality().passes()));
    return fields;
  }

  /** Hands on every line of a finished run. */
  static void forEach(Path folder, Consumer<QualityLine> consumer) throws IOException {
    Path file = folder.resolve(LINES);
    long whole = RowLog.forEachWhole(file, line -> consumer.accept(QualityLine.parse(line)));
    if (whole != Files.size(file)) {
      throw new InputException(
          file.toString(),
          "no row at byte " + whole,
          "one JSON object per line, as the audit writes them",
          "delete it and run the audit again");
    }
  }

  /** Leaves what is finished on disk, for the same run to continue. */
  @Override
  public void close() throws IOException {
    log.close();
  }
}
