package dev.auscult.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads HAM10000 (Tschandl et al. 2018): {@code HAM10000_metadata.csv}, {@code HAM10000_metadata}
 * as the Harvard Dataverse calls the same table, or {@code metadata.csv}, with images in {@code
 * HAM10000_images_part_1/} and {@code _part_2/} (also in small letters) or {@code images/}. The
 * label is the diagnosis as abbreviated there, the concept its name. Patients are not published;
 * the images of one lesion count as one patient.
 */
final class Ham10000 {
  private static final List<String> TABLES =
      List.of("HAM10000_metadata.csv", "HAM10000_metadata", "metadata.csv");
  private static final List<String> FOLDERS =
      List.of(
          "images/",
          "HAM10000_images_part_1/",
          "HAM10000_images_part_2/",
          "ham10000_images_part_1/",
          "ham10000_images_part_2/");
  private static final Map<String, String> DIAGNOSES =
      Map.of(
          "akiec", "actinic keratosis or intraepithelial carcinoma",
          "bcc", "basal cell carcinoma",
          "bkl", "benign keratosis",
          "df", "dermatofibroma",
          "mel", "melanoma",
          "nv", "melanocytic nevus",
          "vasc", "vascular lesion");

  private final DatasetFolder folder;
  private final Gathering gathering;

  private Ham10000(Path path) {
    this.folder = DatasetFolder.of(path);
    this.gathering = new Gathering("ham10000", path);
  }

  static Dataset read(Path path) {
    Ham10000 reader = new Ham10000(path);
    String name = TABLES.stream().filter(reader.folder::has).findFirst().orElse(TABLES.get(0));
    Path table = reader.folder.file(name);
    CsvTable.read(
        table,
        List.of("lesion_id", "image_id", "dx"),
        entry -> reader.accept(entry, table + " line " + entry.line()));
    return reader.gathering.dataset();
  }

  private void accept(Entry entry, String where) {
    Optional<String> id = entry.value("image_id");
    Optional<String> diagnosis = entry.value("dx");
    if (id.isEmpty() || diagnosis.isEmpty()) {
      gathering.skip(
          id.orElse("line " + entry.line()), id.isEmpty() ? "no image_id" : "no diagnosis");
      return;
    }
    List<String> names =
        FOLDERS.stream()
            .flatMap(at -> Stream.of(at + id.get() + ".jpg", at + id.get() + ".png"))
            .toList();
    Optional<ImageSource> image = folder.firstImage(names, where);
    if (image.isEmpty()) {
      gathering.skip(
          id.get(),
          "there is no file %s.jpg in %s"
              .formatted(id.get(), String.join(", ", FOLDERS.subList(0, 3))));
      return;
    }
    SampleBuilder sample =
        new SampleBuilder(id.get(), image.get())
            .patient(entry.value("lesion_id"))
            .label(diagnosis)
            .concept(diagnosis.map(DIAGNOSES::get));
    for (String column : List.of("age", "sex", "localization", "dx_type", "dataset")) {
      sample.attribute(column, entry.value(column).filter(value -> !value.equals("unknown")));
    }
    gathering.add(sample.build());
  }
}
