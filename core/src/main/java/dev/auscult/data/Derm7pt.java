package dev.auscult.data;

import dev.auscult.base.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads Derm7pt (Kawahara et al. 2019): {@code meta.csv} with {@code train_indexes.csv}, {@code
 * valid_indexes.csv} and {@code test_indexes.csv} in {@code meta/} or beside the images, which are
 * in {@code images/}; also the lists of Consistent-Derm7pt, {@code
 * asymmetric_train_indexes_filtered.csv} and so on (or {@code symmetric_...}).
 *
 * <p>The image is the dermatoscopic one. The label is melanoma, nevus, or the diagnosis; the
 * concept is the diagnosis as published. The seven criteria are attributes. A case is a patient. A
 * case that no list names was left out by the list's authors and is left out here.
 */
final class Derm7pt {
  private static final List<String> CRITERIA =
      List.of(
          "pigment_network",
          "streaks",
          "pigmentation",
          "regression_structures",
          "dots_and_globules",
          "blue_whitish_veil",
          "vascular_structures");
  private static final List<String> ATTRIBUTES =
      List.of(
          "sex", "location", "elevation", "level_of_diagnostic_difficulty", "seven_point_score");
  private static final List<String> LISTS =
      List.of(
          "%s_indexes.csv",
          "asymmetric_%s_indexes_filtered.csv", "symmetric_%s_indexes_filtered.csv");

  private final DatasetFolder folder;
  private final Gathering gathering;
  private final Path table;
  private final Map<Long, String> splits = new HashMap<>();
  private long row;

  private Derm7pt(Path path) {
    this.folder = DatasetFolder.of(path);
    this.gathering = new Gathering("derm7pt", path);
    this.table = folder.file((folder.has("meta/meta.csv") ? "meta/" : "") + "meta.csv");
  }

  static Dataset read(Path path) {
    Derm7pt reader = new Derm7pt(path);
    reader.readSplits();
    List<String> required = new ArrayList<>(CRITERIA);
    required.add("diagnosis");
    required.add("derm");
    CsvTable.read(reader.table, required, reader::accept);
    reader.refuseIndexBeyondTable();
    return reader.gathering.dataset();
  }

  private void readSplits() {
    String prefix = folder.has("meta/meta.csv") ? "meta/" : "";
    String form =
        LISTS.stream()
            .filter(list -> folder.has(prefix + list.formatted("train")))
            .findFirst()
            .orElseThrow(
                () ->
                    new InputException(
                        table.toString(),
                        "no list of the training cases beside it",
                        "train_indexes.csv, valid_indexes.csv and test_indexes.csv",
                        "copy them there from the published archive"));
    readSplit(prefix + form.formatted("train"), "train");
    readSplit(prefix + form.formatted("valid"), "validation");
    readSplit(prefix + form.formatted("test"), "test");
  }

  private void readSplit(String name, String split) {
    Path file = folder.file(name);
    CsvTable.read(
        file,
        List.of("indexes"),
        entry -> {
          String where = file + " line " + entry.line();
          String earlier = splits.putIfAbsent(index(entry, where), split);
          if (earlier != null) {
            throw new InputException(
                where,
                "case " + entry.value("indexes").orElse("") + " again, which is in " + earlier,
                "each case in one split",
                "copy the lists from the published archive");
          }
        });
  }

  private static long index(Entry entry, String where) {
    String text = entry.value("indexes").orElse("");
    try {
      long index = Long.parseLong(text);
      if (index >= 0) {
        return index;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new InputException(
        where, "'" + text + "'", "the number of a case, counted from 0", "correct it");
  }

  private void refuseIndexBeyondTable() {
    long most = splits.keySet().stream().mapToLong(Long::longValue).max().orElse(-1);
    if (most >= row) {
      throw new InputException(
          table.toString(),
          row + " cases",
          "at least " + (most + 1) + ", since a split names case " + most,
          "take table and lists from the same archive");
    }
  }

  private void accept(Entry entry) {
    long index = row++;
    String where = table + " line " + entry.line();
    Optional<String> file = entry.value("derm");
    Optional<String> diagnosis = entry.value("diagnosis");
    String id = file.map(Derm7pt::withoutSuffix).orElse("case " + index);
    String split = splits.get(index);
    if (split == null) {
      gathering.skip(id, "case " + index + " is in no split");
      return;
    }
    if (file.isEmpty() || diagnosis.isEmpty()) {
      gathering.skip(id, file.isEmpty() ? "no dermatoscopic image" : "no diagnosis");
      return;
    }
    Optional<ImageSource> image =
        folder.firstImage(List.of("images/" + file.get(), file.get()), where);
    if (image.isEmpty()) {
      gathering.skip(id, "there is no file images/" + file.get());
      return;
    }
    SampleBuilder sample =
        new SampleBuilder(id, image.get())
            .patient(Optional.of("case " + entry.value("case_num").orElse(Long.toString(index))))
            .split(Optional.of(split))
            .label(diagnosis.map(Derm7pt::group))
            .concept(diagnosis);
    CRITERIA.forEach(name -> sample.attribute(name, entry.value(name)));
    ATTRIBUTES.forEach(name -> sample.attribute(name, entry.value(name)));
    gathering.add(sample.build());
  }

  private static String withoutSuffix(String file) {
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }

  private static String group(String diagnosis) {
    if (diagnosis.startsWith("melanoma")) {
      return "melanoma";
    }
    return diagnosis.endsWith("nevus") ? "nevus" : diagnosis;
  }
}
