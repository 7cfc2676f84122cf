package dev.auscult.data;

import dev.auscult.base.InputException;
import dev.auscult.data.ImageFinding.Box;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Reads PadChest-GR (de Castro et al. 2025): {@code grounded_reports_*.json} with the sentences,
 * labels, locations and boxes of each study, {@code master_table.csv} with patients and splits, and
 * the images in {@code PadChest_GR/}, also below {@code Padchest_GR_files/}, or in {@code images/}.
 *
 * <p>The text is the report in English, normal sentences included. Each label of an abnormal
 * sentence is a finding with the sentence's locations and boxes; {@code loc} before a location is
 * dropped.
 */
final class PadChestGr {
  private static final String TABLE = "master_table.csv";
  private static final List<String> FOLDERS =
      List.of("PadChest_GR/", "Padchest_GR_files/PadChest_GR/", "Padchest_GR_files/", "images/");
  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "PatientSex_DICOM", "sex",
          "PatientAge", "age",
          "Projection", "view",
          "Manufacturer_DICOM", "scanner");

  private final DatasetFolder folder;
  private final Gathering gathering;

  /** The first row of each image; the table has one per finding. */
  private final Map<String, Entry> rows = new HashMap<>();

  /** Images that rows give different patients or splits. */
  private final Set<String> contradicted = new HashSet<>();

  private PadChestGr(Path path) {
    this.folder = DatasetFolder.of(path);
    this.gathering = new Gathering("padchest-gr", path);
  }

  static Dataset read(Path path) {
    PadChestGr reader = new PadChestGr(path);
    String reports =
        reader.folder.files("", ".json").stream()
            .filter(name -> name.startsWith("grounded_reports"))
            .findFirst()
            .orElseThrow(
                () ->
                    new InputException(
                        path.toString(),
                        "no reports",
                        "grounded_reports_DATE.json",
                        "name the folder that holds it"));
    Path table = reader.folder.file(TABLE);
    CsvTable.read(
        table,
        List.of("ImageID", "PatientID", "split"),
        entry -> entry.value("ImageID").ifPresent(id -> reader.row(id, entry)));
    JsonList.read(reader.folder.file(reports), "study", reader::accept);
    return reader.gathering.dataset();
  }

  private void row(String id, Entry entry) {
    Entry first = rows.putIfAbsent(id, entry);
    if (first != null
        && !(first.value("PatientID").equals(entry.value("PatientID"))
            && first.value("split").equals(entry.value("split")))) {
      contradicted.add(id);
    }
  }

  private void accept(JsonList.Item study) {
    String id = study.required("ImageID");
    Optional<Entry> row = Optional.ofNullable(rows.get(id));
    Optional<String> patient = row.flatMap(entry -> entry.value("PatientID"));
    Optional<String> split = row.flatMap(entry -> entry.value("split")).flatMap(PadChestGr::split);
    if (contradicted.contains(id)) {
      gathering.skip(id, TABLE + " gives it more than one patient or split");
      return;
    }
    if (patient.isEmpty() || split.isEmpty()) {
      gathering.skip(
          id,
          row.isEmpty()
              ? "it is not in " + TABLE
              : patient.isEmpty() ? "no patient" : "no split that is train, validation or test");
      return;
    }
    Optional<ImageSource> image =
        folder.firstImage(FOLDERS.stream().map(at -> at + id).toList(), study.where());
    if (image.isEmpty()) {
      gathering.skip(id, "there is no file " + FOLDERS.get(0) + id);
      return;
    }
    try {
      SampleBuilder sample =
          new SampleBuilder(id, image.get())
              .text(report(study.json()))
              .patient(patient)
              .split(split)
              .findings(findings(study.json()))
              .attribute("study", study.value("StudyID"));
      ATTRIBUTES.forEach((column, name) -> sample.attribute(name, row.get().value(column)));
      gathering.add(sample.build());
    } catch (IllegalArgumentException e) {
      gathering.skip(id, String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> split(String name) {
    return switch (name) {
      case "train", "validation", "test" -> Optional.of(name);
      default -> Optional.empty();
    };
  }

  private static Optional<String> report(JsonNode study) {
    List<String> sentences = new ArrayList<>();
    for (JsonNode finding : list(study, "findings")) {
      text(finding, "sentence_en").ifPresent(sentences::add);
    }
    return Optional.of(String.join(" ", sentences)).filter(text -> !text.isEmpty());
  }

  /** A study whose findings cannot be read must not pass for a normal one. */
  private static List<ImageFinding> findings(JsonNode study) {
    if (!study.path("findings").isArray()) {
      throw new IllegalArgumentException("'findings' is no list");
    }
    List<ImageFinding> findings = new ArrayList<>();
    for (JsonNode finding : study.path("findings")) {
      if (!finding.path("abnormal").isBoolean()) {
        throw new IllegalArgumentException("a finding whose 'abnormal' is neither true nor false");
      }
      if (finding.path("abnormal").booleanValue()) {
        List<String> locations =
            texts(finding, "locations").stream().map(PadChestGr::withoutLoc).toList();
        for (String label : texts(finding, "labels")) {
          findings.add(
              new ImageFinding(label, locations, text(finding, "sentence_en"), boxes(finding)));
        }
      }
    }
    return findings;
  }

  private static String withoutLoc(String location) {
    return location.startsWith("loc ") ? location.substring("loc ".length()).strip() : location;
  }

  private static Optional<String> text(JsonNode node, String key) {
    JsonNode value = node.path(key);
    return value.isString()
        ? Optional.of(value.stringValue().strip()).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  private static JsonNode list(JsonNode node, String key) {
    JsonNode list = node.path(key);
    if (!list.isArray() && !list.isMissingNode() && !list.isNull()) {
      throw new IllegalArgumentException("'" + key + "' is no list");
    }
    return list;
  }

  private static List<String> texts(JsonNode node, String key) {
    JsonNode list = list(node, key);
    if (!list.valueStream().allMatch(JsonNode::isString)) {
      throw new IllegalArgumentException("'" + key + "' holds more than texts");
    }
    return list.valueStream()
        .map(value -> value.stringValue().strip())
        .filter(text -> !text.isEmpty())
        .collect(Collectors.toList());
  }

  private static List<Box> boxes(JsonNode finding) {
    List<Box> boxes = new ArrayList<>();
    for (JsonNode box : list(finding, "boxes")) {
      if (box.size() != 4 || !box.valueStream().allMatch(JsonNode::isNumber)) {
        throw new IllegalArgumentException("a box that is not four numbers");
      }
      boxes.add(
          new Box(
              box.get(0).doubleValue(),
              box.get(1).doubleValue(),
              box.get(2).doubleValue(),
              box.get(3).doubleValue()));
    }
    return boxes;
  }
}
