package dev.auscult.report;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.auscult.balance.AuditTask;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A published row of modality balance, printed beside ours and never tuned to (Góngora-Ramos,
 * Pancardo García and Ramon-Pedrero, "Medición del balance multimodal en modelos CLIP médicos
 * usando MM-SHAP", tables 1 and 2).
 *
 * @param task what was scored
 * @param data the evaluated split
 * @param model its name there
 * @param tscore mean TScore
 * @param tscoreSd its standard deviation over samples
 * @param delta mean delta
 * @param balanced share of samples with {@code |delta| < 0.1}, 0 to 1
 * @param accuracy 0 to 1, NaN where nothing is answered
 * @param level mean of {@code l_norm}
 * @param levelSd its standard deviation
 */
record PublishedBalance(
    AuditTask task,
    String data,
    String model,
    double tscore,
    double tscoreSd,
    double delta,
    double balanced,
    double accuracy,
    double level,
    double levelSd) {

  private static final String RESOURCE = "published-balance.csv";

  /** The published rows of a task. */
  static List<PublishedBalance> of(AuditTask task) {
    try (InputStream in = PublishedBalance.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("missing from the jar: " + RESOURCE);
      }
      return CsvReader.builder()
          .ofNamedCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))
          .stream()
          .map(PublishedBalance::row)
          .filter(row -> row.task() == task)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PublishedBalance row(NamedCsvRecord row) {
    return new PublishedBalance(
        AuditTask.valueOf(row.getField("task").toUpperCase(Locale.ROOT)),
        row.getField("data"),
        row.getField("model"),
        number(row, "tscore"),
        number(row, "tscore_sd"),
        number(row, "delta"),
        number(row, "balanced_0_1"),
        number(row, "accuracy"),
        number(row, "l_norm"),
        number(row, "l_norm_sd"));
  }

  private static double number(NamedCsvRecord row, String field) {
    String text = row.getField(field);
    return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
  }
}
