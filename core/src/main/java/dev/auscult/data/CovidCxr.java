package dev.auscult.data;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a folder of chest radiographs in the layout of the COVID-19 image data collection (Cohen et
 * al. 2020): {@code metadata.csv} and {@code images/}. The text is the clinical notes, the label
 * the finding; sex, age and view are attributes. A file that is listed again under another patient
 * is skipped.
 */
final class CovidCxr {
  private static final List<String> REQUIRED = List.of("patientid", "finding", "filename");

  private final DatasetFolder folder;
  private final Gathering gathering;
  private final Map<String, Long> lineOfFile = new HashMap<>();

  private CovidCxr(Path path) {
    this.folder = DatasetFolder.of(path);
    this.gathering = new Gathering("covid-cxr", path);
  }

  static Dataset read(Path path) {
    CovidCxr reader = new CovidCxr(path);
    Path table = reader.folder.file("metadata.csv");
    CsvTable.read(table, REQUIRED, entry -> reader.accept(entry, table + " line " + entry.line()));
    return reader.gathering.dataset();
  }

  private void accept(Entry entry, String where) {
    Optional<String> name = entry.value("filename");
    if (name.isEmpty()) {
      gathering.skip("line " + entry.line(), "no filename");
      return;
    }
    String id = name.get();
    Long earlier = lineOfFile.putIfAbsent(id, entry.line());
    if (earlier != null) {
      gathering.skip("line " + entry.line(), id + " is already on line " + earlier);
      return;
    }
    Optional<ImageSource> image = folder.image("images/" + id, where);
    if (image.isEmpty()) {
      gathering.skip(id, "line " + entry.line() + ": there is no file images/" + id);
      return;
    }
    SampleBuilder sample =
        new SampleBuilder(id, image.get())
            .text(entry.value("clinical_notes"))
            .patient(entry.value("patientid"))
            .label(entry.value("finding"));
    for (String column : List.of("sex", "age", "view")) {
      sample.attribute(column, entry.value(column));
    }
    gathering.add(sample.build());
  }
}
