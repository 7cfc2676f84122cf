package dev.auscult.data;

import dev.auscult.data.Dataset.Skipped;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a reader has gathered from a folder so far: samples, and entries that had to be left out,
 * each with the reason.
 */
final class Gathering {
  private final String name;
  private final Path source;
  private final List<Sample> samples = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  /**
   * @param name of the data set
   * @param source what messages name: its folder or file
   */
  Gathering(String name, Path source) {
    this.name = name;
    this.source = source;
  }

  /** Takes a sample; if its id is taken already, the later one is left out. */
  void add(Sample sample) {
    if (ids.add(sample.id())) {
      samples.add(sample);
    } else {
      skip(sample.id(), "the id occurs more than once; the first entry counts");
    }
  }

  /** Leaves an entry out. */
  void skip(String id, String reason) {
    skipped.add(new Skipped(id, reason));
  }

  /**
   * Everything gathered.
   *
   * @throws dev.auscult.base.InputException if there is no sample
   */
  Dataset dataset() {
    return Datasets.nonEmpty(name, source, samples, skipped);
  }
}
