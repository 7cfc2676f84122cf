package dev.auscult.data;

import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import dev.auscult.base.UsageException;
import dev.auscult.data.phantom.PhantomDataset;
import dev.auscult.data.phantom.PhantomOptions;
import dev.auscult.data.phantom.SketchDataset;
import dev.auscult.data.phantom.SketchOptions;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Opens data sets by what a user writes after {@code --data}. */
public final class Datasets {
  private static final Map<String, Function<Path, Dataset>> READERS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("covid-cxr", CovidCxr::read),
              Map.entry("derm7pt", Derm7pt::read),
              Map.entry("ham10000", Ham10000::read),
              Map.entry("medmnist", MedMnist::read),
              Map.entry("mimic-cxr", MimicCxr::read),
              Map.entry("openi", OpenI::read),
              Map.entry("padchest-gr", PadChestGr::read),
              Map.entry("roco", Roco::read),
              Map.entry("slake", Slake::read),
              Map.entry("vqa-med-2019", VqaMed2019::read),
              Map.entry("vqa-rad", VqaRad::read)));

  private Datasets() {}

  /**
   * Opens a public data set as {@code NAME:FOLDER} ({@code covid-cxr}, {@code derm7pt}, {@code
   * ham10000}, {@code medmnist}, {@code mimic-cxr}, {@code openi}, {@code padchest-gr}, {@code
   * roco}, {@code slake}, {@code vqa-med-2019}, {@code vqa-rad}), a manifest ({@code .csv} or
   * {@code .jsonl}), a folder that {@code auscult phantom} wrote, {@code phantom[:OPTIONS]} (see
   * {@link PhantomOptions}), or {@code sketches[:OPTIONS]} (see {@link SketchOptions}).
   *
   * @throws UsageException if no data set has that name
   * @throws InputException if its options are not understood or the data set is broken
   */
  public static Dataset open(String specification) {
    int colon = specification.indexOf(':');
    String name = colon < 0 ? specification : specification.substring(0, colon);
    String rest = colon < 0 ? "" : specification.substring(colon + 1);
    if (name.equals("phantom")) {
      return new PhantomDataset(PhantomOptions.parse(rest));
    }
    if (name.equals(SketchDataset.NAME)) {
      return new SketchDataset(SketchOptions.parse(rest));
    }
    Function<Path, Dataset> reader = READERS.get(name);
    if (reader != null && colon < 0) {
      throw new UsageException(
          specification, "no folder", name + ":FOLDER", "say where the data set is");
    }
    return reader != null ? reader.apply(path(rest)) : manifest(specification);
  }

  private static Dataset manifest(String specification) {
    Path path = path(specification);
    if (Files.isDirectory(path) && Files.isRegularFile(path.resolve("manifest.csv"))) {
      return ManifestReader.read(path.resolve("manifest.csv"));
    }
    String lower = specification.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".csv") || lower.endsWith(".jsonl")) {
      return ManifestReader.read(path);
    }
    throw new UsageException(
        specification, "no known data set", "one of " + known(), "correct the name after --data");
  }

  private static String known() {
    return String.join(":FOLDER, ", READERS.keySet())
        + ":FOLDER, phantom, sketches, a manifest ending in .csv or .jsonl";
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new InputException(
          "--data", "a path that cannot exist", "a file or folder", "correct it", e);
    }
  }

  /**
   * A data set of given samples, for instance a part of another.
   *
   * @throws InputException if an id is there twice
   */
  public static Dataset of(String name, List<Sample> samples) {
    return new SampleList(name, samples, List.of());
  }

  /** The same samples with burned-in text covered, see {@link MaskedText}. */
  public static Dataset withoutText(Dataset data) {
    return new SampleList(
        data.name(),
        data.samples().stream()
            .map(sample -> sample.withImage(new MaskedText(sample.image())))
            .toList(),
        data.skipped());
  }

  /**
   * The samples of one published split; what was left out while reading stays listed.
   *
   * @param split train, validation or test
   * @throws InputException if no sample belongs to it
   */
  public static Dataset split(Dataset data, String split) {
    List<Sample> part =
        data.samples().stream()
            .filter(sample -> sample.split().filter(split::equals).isPresent())
            .toList();
    if (part.isEmpty()) {
      List<String> found =
          data.samples().stream().flatMap(s -> s.split().stream()).distinct().sorted().toList();
      throw new InputException(
          "--split",
          "\"" + split + "\", to which no sample of " + data.name() + " belongs",
          found.isEmpty() ? "data with a published split" : "one of " + found,
          found.isEmpty() ? "leave it out" : "correct it");
    }
    return new SampleList(data.name(), part, data.skipped());
  }

  /**
   * The {@code count} ids with the smallest keys, where a key derives from the seed and the id
   * alone: the choice does not depend on the order of the data, and a larger count includes a
   * smaller one's.
   */
  public static Set<String> chosen(Collection<String> ids, int count, Seed seed) {
    Seed choice = seed.derive("samples");
    return ids.stream()
        .distinct()
        .sorted(
            Comparator.<String>comparingLong(id -> choice.derive(id).value())
                .thenComparing(Comparator.naturalOrder()))
        .limit(count)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** A data set as read from {@code source}, which must have at least one sample. */
  static Dataset nonEmpty(
      String name, Path source, List<Sample> samples, List<Dataset.Skipped> skipped) {
    if (samples.isEmpty()) {
      throw new InputException(
          source.toString(),
          skipped.isEmpty()
              ? "no entries"
              : skipped.size() + " entries, none with an image; first: " + skipped.get(0).reason(),
          "at least one sample",
          "check that the images are where the data set says");
    }
    return new SampleList(name, samples, skipped);
  }
}
