package dev.auscult.data;

import dev.auscult.base.InputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the Indiana University chest X-rays of Open-i (Demner-Fushman et al. 2016): reports as XML
 * in {@code ecgen-radiology/} (or {@code reports/}), images as PNG in {@code NLMCXR_png/} (or
 * {@code images/}); both may also lie in the folder itself. Each image is a sample with the
 * report's findings and impression as text; the report's id is the patient. The label is {@code
 * normal} or {@code abnormal} by the report's MeSH terms, which are the attribute {@code mesh}.
 */
final class OpenI {
  private static final List<String> REPORTS = List.of("ecgen-radiology/", "reports/", "");
  private static final List<String> IMAGES = List.of("NLMCXR_png/", "images/", "");
  private static final List<String> UNINDEXED =
      List.of("no indexing", "technical quality of image unsatisfactory");

  private final Path path;
  private final DatasetFolder folder;
  private final Gathering gathering;

  private OpenI(Path path) {
    this.path = path;
    this.folder = DatasetFolder.of(path);
    this.gathering = new Gathering("openi", path);
  }

  static Dataset read(Path path) {
    OpenI reader = new OpenI(path);
    String reports = reader.reports();
    for (String file : reader.folder.files(reports, ".xml")) {
      reader.accept(reports + file);
    }
    return reader.gathering.dataset();
  }

  private String reports() {
    return REPORTS.stream()
        .filter(name -> folder.hasFolder(name) && !folder.files(name, ".xml").isEmpty())
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    path.toString(),
                    "no reports",
                    "XML files in ecgen-radiology/",
                    "unpack the reports there"));
  }

  private void accept(String file) {
    OpenIReport report;
    try {
      report = OpenIReport.read(folder.file(file));
    } catch (InputException e) {
      gathering.skip(file, String.valueOf(e.getMessage()));
      return;
    }
    if (report.images().isEmpty()) {
      gathering.skip(report.id(), "the report names no image");
    }
    report.images().forEach(image -> accept(report, image, file));
  }

  private void accept(OpenIReport report, OpenIReport.Figure figure, String file) {
    List<String> names =
        IMAGES.stream()
            .flatMap(at -> Stream.of(at + figure.id() + ".png", at + figure.id() + ".jpg"))
            .toList();
    Optional<ImageSource> image = folder.firstImage(names, file);
    if (image.isEmpty()) {
      gathering.skip(figure.id(), "there is no file " + figure.id() + ".png");
      return;
    }
    gathering.add(
        new SampleBuilder(figure.id(), image.get())
            .text(report.text())
            .patient(Optional.of(report.id()))
            .label(label(report.terms()))
            .attribute(
                "mesh", Optional.of(String.join("; ", report.terms())).filter(m -> !m.isEmpty()))
            .attribute("view", figure.caption())
            .build());
  }

  private static Optional<String> label(List<String> terms) {
    List<String> indexed =
        terms.stream()
            .filter(term -> !UNINDEXED.contains(term.toLowerCase(java.util.Locale.ROOT)))
            .toList();
    if (indexed.isEmpty()) {
      return Optional.empty();
    }
    boolean normal = indexed.stream().allMatch(term -> term.equalsIgnoreCase("normal"));
    return Optional.of(normal ? "normal" : "abnormal");
  }
}
