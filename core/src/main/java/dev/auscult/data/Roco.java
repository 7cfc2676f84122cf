package dev.auscult.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads ROCO (Pelka et al. 2018): {@code train}, {@code validation} and {@code test}, each with
 * {@code radiology} and {@code non-radiology}, in which {@code captions.txt}, {@code keywords.txt},
 * {@code cuis.txt}, {@code semtypes.txt} and {@code licences.txt} stand beside {@code images/}. The
 * splits may be below {@code data/} (the authors' repository) or {@code all_data/} (the common
 * copy); a folder with a single split will do.
 *
 * <p>An image is called as its id or, where the authors' script fetched it, as the article's file.
 * Patients are not published; images of one article count as one patient, which is never too few.
 */
final class Roco {
  private static final List<String> SPLITS = List.of("train", "validation", "test");
  private static final List<String> KINDS = List.of("radiology", "non-radiology");
  private static final List<String> ROOTS = List.of("", "data/", "all_data/");
  private static final Pattern TABS = Pattern.compile("\\t+");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final Path path;
  private final DatasetFolder folder;
  private final Gathering gathering;

  private Roco(Path path) {
    this.path = path;
    this.folder = DatasetFolder.of(path);
    this.gathering = new Gathering("roco", path);
  }

  static Dataset read(Path path) {
    Roco reader = new Roco(path);
    reader.readAll();
    return reader.gathering.dataset();
  }

  private void readAll() {
    for (String root : ROOTS) {
      for (String split : SPLITS) {
        readSplit(root + split + "/", Optional.of(split));
      }
    }
    String own = String.valueOf(path.toAbsolutePath().normalize().getFileName());
    readSplit("", Optional.of(own).filter(SPLITS::contains));
  }

  private void readSplit(String prefix, Optional<String> split) {
    for (String kind : KINDS) {
      String within = prefix + kind + "/";
      if (folder.has(within + "captions.txt")) {
        readCaptions(new Part(within, split, kind));
      }
    }
  }

  /**
   * A folder with captions.
   *
   * @param prefix its path, ending in a slash
   * @param split the split it belongs to
   * @param kind radiology or non-radiology
   */
  private record Part(String prefix, Optional<String> split, String kind) {}

  private void readCaptions(Part part) {
    Path captions = folder.file(part.prefix() + "captions.txt");
    Map<String, Entry> sources = sources(part);
    Map<String, Map<String, String>> terms = new HashMap<>();
    for (String name : List.of("keywords", "cuis", "semtypes")) {
      terms.put(name, terms(folder.file(part.prefix() + name + ".txt")));
    }
    StrictText.forEachLine(
        captions,
        (number, line) -> accept(part, captions + " line " + number, line, sources, terms),
        (number, line) ->
            gathering.skip(
                part.prefix() + "captions.txt line " + number, "bytes that are not UTF-8 text"));
  }

  private void accept(
      Part part,
      String where,
      String line,
      Map<String, Entry> sources,
      Map<String, Map<String, String>> terms) {
    int tab = line.indexOf('\t');
    String id = (tab < 0 ? line : line.substring(0, tab)).strip();
    String caption = tab < 0 ? "" : line.substring(tab + 1).strip();
    if (!ID.matcher(id).matches()) {
      gathering.skip(where, "no id before a tab");
      return;
    }
    if (caption.isEmpty()) {
      gathering.skip(id, "no caption");
      return;
    }
    Optional<Entry> source = Optional.ofNullable(sources.get(id));
    Optional<String> published = source.flatMap(entry -> entry.value("PMC_ID"));
    Optional<ImageSource> image = folder.firstImage(names(part, id, published), where);
    if (image.isEmpty()) {
      gathering.skip(id, "there is no file " + part.prefix() + "images/" + id + ".jpg");
      return;
    }
    SampleBuilder sample =
        new SampleBuilder(id, image.get())
            .text(Optional.of(caption))
            .patient(published.map(Roco::article))
            .split(part.split())
            .attribute("kind", Optional.of(part.kind()))
            .attribute("licence", source.flatMap(entry -> entry.value("CC")));
    terms.forEach((name, of) -> sample.attribute(name, Optional.ofNullable(of.get(id))));
    gathering.add(sample.build());
  }

  private static List<String> names(Part part, String id, Optional<String> published) {
    String images = part.prefix() + "images/";
    return published
        .map(name -> List.of(images + id + ".jpg", images + id + ".png", images + name))
        .orElse(List.of(images + id + ".jpg", images + id + ".png"));
  }

  /** {@code PMC123_figure.jpg} is from the article {@code PMC123}. */
  private static String article(String file) {
    int end = file.indexOf('_');
    return end < 0 ? file : file.substring(0, end);
  }

  private Map<String, Entry> sources(Part part) {
    Map<String, Entry> sources = new HashMap<>();
    Path file = folder.file(part.prefix() + "licences.txt");
    if (Files.isRegularFile(file)) {
      CsvTable.read(
          file,
          List.of("ROCO_ID"),
          entry -> entry.value("ROCO_ID").ifPresent(id -> sources.put(id, entry)));
    }
    return sources;
  }

  /** Lines of an id and terms between tabs, as text by id. */
  private static Map<String, String> terms(Path file) {
    Map<String, String> terms = new HashMap<>();
    if (Files.isRegularFile(file)) {
      StrictText.forEachLine(
          file,
          (number, line) -> {
            String[] fields = TABS.split(line.strip(), 2);
            if (fields.length == 2) {
              terms.put(fields[0].strip(), TABS.matcher(fields[1].strip()).replaceAll("; "));
            }
          },
          (number, line) -> {});
    }
    return terms;
  }
}
