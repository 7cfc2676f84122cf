package dev.auscult.data;

import dev.auscult.base.InputException;
import dev.auscult.data.Dataset.Skipped;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads a manifest: {@code id,image,text} and optional {@code
 * patient,split,label,concept,findings,question,answer,category,foil}, {@code attr.*} and {@code
 * region.*}. Image and region paths are relative to the manifest's folder and stay inside. Other
 * columns are passed over.
 */
final class ManifestReader {
  private static final List<String> REQUIRED = List.of("id", "image", "text");
  private static final int LISTED = 5;

  private final Path file;
  private final DatasetFolder folder;
  private final List<Sample> samples = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final Map<String, Long> lineOfId = new LinkedHashMap<>();
  private final List<String> repeated = new ArrayList<>();

  private ManifestReader(Path file) {
    this.file = file;
    Path parent = file.toAbsolutePath().getParent();
    this.folder = DatasetFolder.of(parent == null ? file.toAbsolutePath() : parent);
  }

  /** Reads a {@code .csv} or {@code .jsonl} manifest. */
  static Dataset read(Path file) {
    ManifestReader reader = new ManifestReader(file);
    if (file.toString().toLowerCase(Locale.ROOT).endsWith(".jsonl")) {
      JsonLines.read(file, REQUIRED, reader::accept);
    } else {
      CsvTable.read(file, REQUIRED, reader::accept);
    }
    return reader.finish();
  }

  private Dataset finish() {
    if (!repeated.isEmpty()) {
      String listed = String.join(", ", repeated.subList(0, Math.min(LISTED, repeated.size())));
      throw new InputException(
          file.toString(),
          repeated.size() + " repeated ids: " + listed + (repeated.size() > LISTED ? ", ..." : ""),
          "unique ids",
          "rename or remove the repetitions");
    }
    return Datasets.nonEmpty(String.valueOf(file.getFileName()), file, samples, skipped);
  }

  private void accept(Entry entry) {
    String where = file + " line " + entry.line();
    String id =
        entry
            .value("id")
            .orElseThrow(() -> new InputException(where, "no id", "an id", "give the entry one"));
    Long earlier = lineOfId.putIfAbsent(id, entry.line());
    if (earlier != null) {
      repeated.add("%s (lines %d and %d)".formatted(id, earlier, entry.line()));
      return;
    }
    Optional<String> path = entry.value("image");
    if (path.isEmpty()) {
      skipped.add(new Skipped(id, "line " + entry.line() + " names no image"));
      return;
    }
    Optional<ImageSource> image = folder.image(path.get(), where);
    if (image.isEmpty()) {
      skipped.add(new Skipped(id, "line " + entry.line() + ": there is no file " + path.get()));
      return;
    }
    regions(id, entry, where).ifPresent(regions -> add(id, image.get(), entry, where, regions));
  }

  private Optional<Map<String, ImageSource>> regions(String id, Entry entry, String where) {
    Map<String, ImageSource> regions = new TreeMap<>();
    for (Map.Entry<String, String> region : withPrefix(entry, "region.").entrySet()) {
      Optional<ImageSource> mask = folder.image(region.getValue(), where);
      if (mask.isEmpty()) {
        skipped.add(
            new Skipped(id, "line " + entry.line() + ": there is no file " + region.getValue()));
        return Optional.empty();
      }
      regions.put(region.getKey(), mask.get());
    }
    return Optional.of(regions);
  }

  private void add(
      String id, ImageSource image, Entry entry, String where, Map<String, ImageSource> regions) {
    samples.add(
        new Sample(
            id,
            image,
            entry.value("text"),
            entry.value("patient"),
            entry.value("split").map(name -> splitName(name, where)),
            entry.value("label"),
            entry.value("concept"),
            entry.value("question"),
            entry.value("answer"),
            entry.value("category"),
            withPrefix(entry, "attr."),
            regions,
            findings(entry, where),
            entry.value("foil")));
  }

  private static Map<String, String> withPrefix(Entry entry, String prefix) {
    Map<String, String> found = new TreeMap<>();
    for (String column : entry.fields().keySet()) {
      if (column.startsWith(prefix) && column.length() > prefix.length()) {
        entry.value(column).ifPresent(value -> found.put(column.substring(prefix.length()), value));
      }
    }
    return found;
  }

  /** {@code class @ location @ location; class @ location}. */
  private static List<ImageFinding> findings(Entry entry, String where) {
    List<ImageFinding> findings = new ArrayList<>();
    for (String text : entry.value("findings").map(all -> all.split(";")).orElse(new String[0])) {
      List<String> parts = Arrays.stream(text.split("@", -1)).map(String::strip).toList();
      if (parts.stream().anyMatch(String::isEmpty)) {
        throw new InputException(
            where,
            "the finding '" + text.strip() + "'",
            "class @ location, several parted by ;",
            "correct it, or leave it empty");
      }
      findings.add(
          new ImageFinding(
              parts.get(0), parts.subList(1, parts.size()), Optional.empty(), List.of()));
    }
    return findings;
  }

  private static String splitName(String name, String where) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "train", "training" -> "train";
      case "validation", "valid", "val", "dev" -> "validation";
      case "test" -> "test";
      default ->
          throw new InputException(
              where,
              "the split '" + name + "'",
              "train, validation or test",
              "correct it, or leave it empty");
    };
  }
}
