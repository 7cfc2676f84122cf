package dev.auscult.data;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.auscult.base.AtomicFile;
import dev.auscult.base.InputException;
import dev.auscult.data.StudySplits.TrainingSplit;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@link StudySplits} as a CSV file: {@code id,patient,labels,part} and a column per training
 * split, named by fraction and repetition, with {@code train} where a sample is trained on. What
 * could not be as planned is in a file of its own beside, {@code split,note}, which is there before
 * the plan is.
 */
final class SplitTable {
  private static final Pattern NAME = Pattern.compile("(0\\.\\d+|1\\.0)-([1-9]\\d{0,3})");
  private static final String TRAIN = "train";
  private static final String VALIDATION = "validation";
  private static final String TEST = "test";
  private static final String POOL = "pool";

  private final Path file;
  private final Map<String, Sample> samples = new LinkedHashMap<>();
  private final Map<String, ? extends Set<String>> labels;
  private final Map<String, String> partOf = new HashMap<>();
  private final Map<String, Column> training = new LinkedHashMap<>();
  private final List<String> test = new ArrayList<>();
  private final List<String> pool = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<String, List<String>> notes = new HashMap<>();

  private SplitTable(Path file, List<Sample> samples, Map<String, ? extends Set<String>> labels) {
    this.file = file;
    this.labels = labels;
    samples.stream()
        .filter(sample -> !joined(labels, sample.id()).isEmpty())
        .forEach(sample -> this.samples.put(sample.id(), sample));
  }

  /**
   * A training split as far as it is read.
   *
   * @param fit ids
   * @param validation ids
   */
  private record Column(List<String> fit, List<String> validation) {}

  private static String joined(Map<String, ? extends Set<String>> labels, String id) {
    Set<String> of = labels.get(id);
    return of == null ? "" : String.join("; ", new TreeSet<>(of));
  }

  static void write(
      Path file,
      StudySplits splits,
      List<Sample> samples,
      Map<String, ? extends Set<String>> labels) {
    try {
      AtomicFile.write(
          notes(file),
          out -> writeNotes(splits, new OutputStreamWriter(out, StandardCharsets.UTF_8)));
      AtomicFile.write(
          file,
          out ->
              new SplitTable(file, samples, labels)
                  .write(splits, new OutputStreamWriter(out, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file of notes beside a plan. */
  private static Path notes(Path plan) {
    String name = String.valueOf(plan.getFileName()).replaceFirst("\\.csv$", "");
    return plan.resolveSibling(name + "-notes.csv");
  }

  private static void writeNotes(StudySplits splits, Writer out) throws IOException {
    CsvWriter csv = CsvWriter.builder().build(out);
    csv.writeRecord("split", "note");
    for (TrainingSplit split : splits.training()) {
      split.notes().forEach(note -> csv.writeRecord(split.name(), note));
    }
    csv.flush();
    out.flush();
  }

  private void write(StudySplits splits, Writer out) throws IOException {
    CsvWriter csv = CsvWriter.builder().build(out);
    List<String> header = new ArrayList<>(List.of("id", "patient", "labels", "part"));
    List<Map<String, String>> columns = new ArrayList<>();
    for (TrainingSplit split : splits.training()) {
      header.add(split.name());
      Map<String, String> column = new HashMap<>();
      split.fit().forEach(id -> column.put(id, TRAIN));
      split.validation().forEach(id -> column.put(id, VALIDATION));
      columns.add(column);
    }
    Set<String> tested = Set.copyOf(splits.test());
    csv.writeRecord(header);
    for (Sample sample : samples.values()) {
      String id = sample.id();
      List<String> row =
          new ArrayList<>(
              List.of(
                  id,
                  sample.patient().orElse(""),
                  joined(labels, id),
                  tested.contains(id) ? TEST : POOL));
      columns.forEach(column -> row.add(column.getOrDefault(id, "")));
      csv.writeRecord(row);
    }
    csv.flush();
    out.flush();
  }

  static StudySplits read(
      Path file, List<Sample> samples, Map<String, ? extends Set<String>> labels, Path folder) {
    SplitTable table = new SplitTable(file, samples, labels);
    CsvTable.read(file, List.of("id", "labels", "part"), table::accept);
    if (Files.exists(notes(file))) {
      CsvTable.read(notes(file), List.of("split", "note"), table::acceptNote);
    }
    SharedPatients.of(
            List.copyOf(table.samples.values()),
            sample -> Optional.ofNullable(table.partOf.get(sample.id())))
        .refuse(file.toString(), folder);
    return table.splits();
  }

  private void acceptNote(Entry entry) {
    entry
        .value("note")
        .ifPresent(
            note ->
                notes
                    .computeIfAbsent(entry.value("split").orElse(""), split -> new ArrayList<>())
                    .add(note));
  }

  private void accept(Entry entry) {
    String where = file + " line " + entry.line();
    String id = entry.value("id").orElse("");
    Sample sample = samples.get(id);
    if (sample == null || !seen.add(id)) {
      throw wrong(
          where,
          "the sample '%s' %s".formatted(id, sample == null ? "" : "twice").strip(),
          "the samples of the data, each once");
    }
    String expected = joined(labels, id);
    if (!entry.value("labels").orElse("").equals(expected)) {
      throw wrong(
          where, "labels \"" + entry.value("labels").orElse("") + "\"", '"' + expected + '"');
    }
    String part = entry.value("part").orElse("");
    if (!part.equals(TEST) && !part.equals(POOL)) {
      throw wrong(where, "the part '" + part + "'", TEST + " or " + POOL);
    }
    partOf.put(id, part);
    (part.equals(TEST) ? test : pool).add(id);
    entry.fields().keySet().stream()
        .filter(column -> NAME.matcher(column).matches())
        .forEach(column -> take(entry, column, part, where));
  }

  private void take(Entry entry, String column, String part, String where) {
    Column split =
        training.computeIfAbsent(column, name -> new Column(new ArrayList<>(), new ArrayList<>()));
    String value = entry.value(column).orElse("");
    String id = entry.value("id").orElse("");
    if (value.equals(TRAIN) && part.equals(POOL)) {
      split.fit().add(id);
    } else if (value.equals(VALIDATION) && part.equals(POOL)) {
      split.validation().add(id);
    } else if (!value.isEmpty()) {
      throw wrong(
          where,
          "'%s' in column %s of a sample of the %s".formatted(value, column, part),
          "train, validation or nothing, and nothing for a test sample");
    }
  }

  private static InputException wrong(String where, String found, String expected) {
    return new InputException(
        where, found, expected, "take the file of the same data, or remove it to plan anew");
  }

  private StudySplits splits() {
    if (seen.size() < samples.size() || training.isEmpty()) {
      throw wrong(
          file.toString(),
          "%d samples and %d training splits".formatted(seen.size(), training.size()),
          samples.size() + " samples and columns such as 0.05-1");
    }
    List<TrainingSplit> splits = new ArrayList<>();
    training.forEach(
        (name, column) -> {
          Matcher matcher = NAME.matcher(name);
          if (matcher.matches()) {
            splits.add(
                new TrainingSplit(
                    Double.parseDouble(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    column.fit(),
                    column.validation(),
                    notes.getOrDefault(name, List.of())));
          }
        });
    return new StudySplits(test, pool, splits);
  }
}
