package dev.auscult.data;

import dev.auscult.base.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads MIMIC-CXR-JPG (Johnson et al. 2019) with the reports of MIMIC-CXR: images as {@code
 * p10/p10000032/s50414267/DICOM_ID.jpg} and reports as {@code p10/p10000032/s50414267.txt}, below
 * {@code files/} or not; {@code mimic-cxr-2.0.0-metadata.csv}, and where they are there {@code
 * -split.csv} and {@code -chexpert.csv}, each also as {@code .csv.gz}.
 *
 * <p>Each image is a sample with the report's findings and impression as text. The label is the
 * only finding that the report affirms, if it affirms exactly one; all of them are the attribute
 * {@code findings}.
 */
final class MimicCxr {
  private static final String STEM = "mimic-cxr-2.0.0-";
  private static final int MAX_REPORT = 1 << 20;
  private static final Pattern DIGITS = Pattern.compile("\\d{2,12}");

  private final DatasetFolder folder;
  private final Gathering gathering;
  private final Map<String, String> splits = new HashMap<>();
  private final Map<String, String> findings = new HashMap<>();
  private final Map<String, String> spellings = new HashMap<>();
  private String lastReport = "";
  private Optional<String> lastText = Optional.empty();

  private MimicCxr(Path path) {
    this.folder = DatasetFolder.of(path);
    this.gathering = new Gathering("mimic-cxr", path);
  }

  static Dataset read(Path path) {
    MimicCxr reader = new MimicCxr(path);
    Path metadata = reader.table("metadata").orElse(reader.folder.file(STEM + "metadata.csv"));
    reader.table("split").ifPresent(reader::readSplits);
    reader.table("chexpert").ifPresent(reader::readFindings);
    CsvTable.read(
        metadata,
        List.of("dicom_id", "subject_id", "study_id"),
        entry -> reader.accept(entry, metadata + " line " + entry.line()));
    return reader.gathering.dataset();
  }

  private Optional<Path> table(String name) {
    return Stream.of(STEM + name + ".csv", STEM + name + ".csv.gz")
        .filter(folder::has)
        .findFirst()
        .map(folder::file);
  }

  private void readSplits(Path file) {
    CsvTable.read(
        file,
        List.of("dicom_id", "split"),
        entry ->
            entry
                .value("dicom_id")
                .ifPresent(
                    id ->
                        entry
                            .value("split")
                            .ifPresent(split -> splits.put(id, once(name(split))))));
  }

  private static String name(String split) {
    return split.equals("validate") ? "validation" : split;
  }

  /** One study per row: 1.0 affirmed, 0.0 denied, -1.0 uncertain, empty not mentioned. */
  private void readFindings(Path file) {
    CsvTable.read(
        file,
        List.of("subject_id", "study_id"),
        entry -> {
          List<String> affirmed =
              entry.fields().entrySet().stream()
                  .filter(field -> !field.getKey().endsWith("_id"))
                  .filter(field -> field.getValue().equals("1.0") || field.getValue().equals("1"))
                  .map(Map.Entry::getKey)
                  .toList();
          if (!affirmed.isEmpty()) {
            entry
                .value("study_id")
                .ifPresent(study -> findings.put(study, once(String.join("; ", affirmed))));
          }
        });
  }

  /** The same text for equal values, which are few among very many rows. */
  private String once(String value) {
    return spellings.computeIfAbsent(value, v -> v);
  }

  private void accept(Entry entry, String where) {
    String id = entry.value("dicom_id").orElse("");
    String subject = entry.value("subject_id").orElse("");
    String study = entry.value("study_id").orElse("");
    if (id.isEmpty() || !DIGITS.matcher(subject).matches() || !DIGITS.matcher(study).matches()) {
      gathering.skip("line " + entry.line(), "no dicom_id, subject_id or study_id of that form");
      return;
    }
    String place = "p%s/p%s/s%s".formatted(subject.substring(0, 2), subject, study);
    Optional<ImageSource> image =
        folder.firstImage(
            Stream.of("files/", "")
                .flatMap(at -> Stream.of(".jpg", ".png").map(end -> at + place + "/" + id + end))
                .toList(),
            where);
    if (image.isEmpty()) {
      gathering.skip(id, "there is no file " + place + "/" + id + ".jpg");
      return;
    }
    Optional<String> affirmed = Optional.ofNullable(findings.get(study));
    gathering.add(
        new SampleBuilder(id, image.get())
            .text(report(place))
            .patient(Optional.of(once(subject)))
            .split(Optional.ofNullable(splits.get(id)))
            .label(affirmed.filter(names -> !names.contains("; ")))
            .attribute("findings", affirmed)
            .attribute("study", Optional.of(study))
            .attribute("view", entry.value("ViewPosition").map(this::once))
            .build());
  }

  /** The text of a study's report; the images of a study follow each other. */
  private Optional<String> report(String place) {
    if (!place.equals(lastReport)) {
      lastReport = place;
      lastText =
          Stream.of("files/" + place + ".txt", place + ".txt")
              .filter(folder::has)
              .findFirst()
              .flatMap(name -> RadiologyReport.text(content(folder.file(name))));
    }
    return lastText;
  }

  private static String content(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_REPORT), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new InputException(
          file.toString(), "a report that cannot be read", "a text file", "check it", e);
    }
  }
}
