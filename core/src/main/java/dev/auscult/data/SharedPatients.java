package dev.auscult.data;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.auscult.base.AtomicFile;
import dev.auscult.base.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Patients who have samples on several sides of a split. They are listed in a file and counted in
 * the message, which may reach a log and therefore names nobody.
 */
public final class SharedPatients {
  /** The list in the output folder. */
  public static final String FILE = "shared-patients.csv";

  private final int count;
  private final List<List<String>> rows;

  private SharedPatients(int count, List<List<String>> rows) {
    this.count = count;
    this.rows = rows;
  }

  /**
   * Finds them.
   *
   * @param sideOf the side of a sample; a sample without one is on none, without a patient alone
   */
  public static SharedPatients of(List<Sample> samples, Function<Sample, Optional<String>> sideOf) {
    Map<String, Set<String>> sides = new TreeMap<>();
    Map<String, List<List<String>>> rows = new TreeMap<>();
    for (Sample sample : samples) {
      if (sample.patient().isPresent() && sideOf.apply(sample).isPresent()) {
        String patient = sample.patient().get();
        String side = sideOf.apply(sample).get();
        sides.computeIfAbsent(patient, p -> new TreeSet<>()).add(side);
        rows.computeIfAbsent(patient, p -> new ArrayList<>())
            .add(List.of(patient, sample.id(), side));
      }
    }
    sides.values().removeIf(of -> of.size() < 2);
    List<List<String>> shared = new ArrayList<>();
    rows.forEach(
        (patient, of) -> {
          if (sides.containsKey(patient)) {
            shared.addAll(of);
          }
        });
    return new SharedPatients(sides.size(), shared);
  }

  /** How many they are. */
  public int count() {
    return count;
  }

  /**
   * Refuses a split that has any, after listing them.
   *
   * @param subject what holds the split, e.g. a file
   * @param folder where the list goes
   * @throws InputException if there are any
   */
  public void refuse(String subject, Path folder) {
    if (count == 0) {
      return;
    }
    Path file = folder.resolve(FILE);
    try {
      AtomicFile.write(
          file,
          out -> {
            CsvWriter csv = CsvWriter.builder().build(out, StandardCharsets.UTF_8);
            csv.writeRecord("patient", "id", "split");
            rows.forEach(csv::writeRecord);
            csv.flush();
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new InputException(
        subject,
        "%d patient%s on several sides of the split, listed in %s"
            .formatted(count, count == 1 ? "" : "s", file),
        "each patient on one side only",
        "correct the split column, or leave it out to split by patient");
  }
}
