package dev.auscult.balance;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.auscult.base.AtomicFile;
import dev.auscult.base.InputException;
import dev.auscult.data.Dataset.Skipped;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;

/** The tables {@code samples.csv} and {@code skipped.csv}; undefined figures are {@code NA}. */
final class SampleTable {
  private static final String UNDEFINED = "NA";

  private SampleTable() {}

  /** One row per line of an attributions file. */
  static void writeSamples(Path table, AuditTask task, Path attributions) throws IOException {
    AtomicFile.write(
        table,
        out -> {
          CsvWriter csv = csv(out);
          csv.writeRecord(header(task));
          AttributionsFile.forEach(attributions, line -> csv.writeRecord(fields(task, line)));
          csv.flush();
        });
  }

  private static CsvWriter csv(OutputStream out) {
    return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out, StandardCharsets.UTF_8);
  }

  private static List<String> header(AuditTask task) {
    List<String> header =
        new ArrayList<>(
            List.of(
                "model",
                "id",
                "score",
                "tscore",
                "iscore",
                "delta",
                "delta_se",
                "passes",
                "noise_dominated"));
    if (task.selects()) {
      header.addAll(List.of("predicted", "answer", "correct"));
    }
    header.add("preset");
    return header;
  }

  private static List<String> fields(AuditTask task, AttributionLine line) {
    SampleBalance balance = line.balance();
    List<String> fields = new ArrayList<>();
    fields.add(line.model());
    fields.add(balance.id());
    fields.add(Double.toString(balance.score()));
    fields.add(balance.share().map(share -> "" + share.tscore()).orElse(UNDEFINED));
    fields.add(balance.share().map(share -> "" + share.iscore()).orElse(UNDEFINED));
    fields.add(balance.share().map(share -> "" + share.delta()).orElse(UNDEFINED));
    fields.add(
        balance
            .share()
            .filter(share -> Double.isFinite(share.deltaSe()))
            .map(share -> "" + share.deltaSe())
            .orElse(UNDEFINED));
    fields.add(Long.toString(balance.passes()));
    fields.add(balance.errorKnown() ? Boolean.toString(balance.noiseDominated()) : UNDEFINED);
    if (task.selects()) {
      fields.add(balance.choice().map(AnswerChoice::predicted).orElse(UNDEFINED));
      fields.add(balance.choice().map(AnswerChoice::answer).orElse(UNDEFINED));
      fields.add(balance.choice().map(choice -> "" + choice.correct()).orElse(UNDEFINED));
    }
    fields.add(line.preset());
    return fields;
  }

  /** Each sample and reason once. */
  static void writeSkipped(Path table, List<Skipped> skipped) throws IOException {
    AtomicFile.write(
        table,
        out -> {
          CsvWriter csv = csv(out);
          csv.writeRecord("id", "reason");
          new LinkedHashSet<>(skipped).forEach(s -> csv.writeRecord(s.id(), s.reason()));
          csv.flush();
        });
  }

  /** What {@link #writeSkipped} wrote. */
  static List<Skipped> readSkipped(Path table) throws IOException {
    List<Skipped> skipped = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(table)) {
      rows.forEach(row -> skipped.add(new Skipped(row.getField("id"), row.getField("reason"))));
    } catch (CsvParseException | NoSuchElementException e) {
      throw new InputException(
          table.toString(),
          "no table of id and reason",
          "what the audit wrote",
          "delete it and give the same command again",
          e);
    }
    return skipped;
  }
}
