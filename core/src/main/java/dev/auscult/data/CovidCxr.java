package dev.auscult.data;

import dev.auscult.data.Dataset.Skipped;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads a folder of chest radiographs in the layout of the COVID-19 image data collection (Cohen et
 * al. 2020): {@code metadata.csv} and {@code images/}. The text is the clinical notes, the label
 * the finding; sex, age and view are attributes. A file that is listed again under another patient
 * is skipped.
 */
final class CovidCxr {
  private static final List<String> REQUIRED = List.of("patientid", "finding", "filename");

  private final DatasetFolder folder;
  private final List<Sample> samples = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final Map<String, Long> lineOfFile = new HashMap<>();

  private CovidCxr(DatasetFolder folder) {
    this.folder = folder;
  }

  static Dataset read(Path path) {
    CovidCxr reader = new CovidCxr(DatasetFolder.of(path));
    Path table = reader.folder.file("metadata.csv");
    CsvTable.read(table, REQUIRED, entry -> reader.accept(entry, table + " line " + entry.line()));
    return Datasets.nonEmpty("covid-cxr", path, reader.samples, reader.skipped);
  }

  private void accept(Entry entry, String where) {
    Optional<String> name = entry.value("filename");
    if (name.isEmpty()) {
      skipped.add(new Skipped("line " + entry.line(), "no filename"));
      return;
    }
    String id = name.get();
    Long earlier = lineOfFile.putIfAbsent(id, entry.line());
    if (earlier != null) {
      skipped.add(new Skipped("line " + entry.line(), id + " is already on line " + earlier));
      return;
    }
    Optional<ImageSource> image = folder.image("images/" + id, where);
    if (image.isEmpty()) {
      skipped.add(new Skipped(id, "line " + entry.line() + ": there is no file images/" + id));
      return;
    }
    samples.add(
        new Sample(
            id,
            image.get(),
            entry.value("clinical_notes"),
            entry.value("patientid"),
            Optional.empty(),
            entry.value("finding"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            attributes(entry),
            Map.of()));
  }

  private static Map<String, String> attributes(Entry entry) {
    Map<String, String> attributes = new TreeMap<>();
    for (String column : List.of("sex", "age", "view")) {
      entry.value(column).ifPresent(value -> attributes.put(column, value));
    }
    return attributes;
  }
}
