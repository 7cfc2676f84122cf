package dev.auscult.pretrain;

import dev.auscult.base.InputException;
import dev.auscult.data.ImageFinding;
import dev.auscult.tensor.FloatMatrix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Findings as vectors of zeros and ones (Wang 2022, section 3.2): an entry for each class and one
 * for each class at a location, so that two that share both are more alike than two that share the
 * class. What names no finding is {@value #NO_FINDING}.
 */
final class LabelVectors {
  static final String NO_FINDING = "no finding";

  private final List<String> entries;

  /**
   * The entries that occur.
   *
   * @throws InputException if all samples are labelled alike
   */
  LabelVectors(Collection<PairedSample> samples) {
    TreeSet<String> all = new TreeSet<>();
    samples.forEach(sample -> all.addAll(entries(sample.findings())));
    if (all.size() < 2) {
      throw new InputException(
          "data",
          "labels that tell no two images apart (%s)".formatted(String.join(", ", all)),
          "at least two different labels to match images and texts by",
          "add a source with other labels, or set training.loss to info-nce");
    }
    this.entries = List.copyOf(all);
  }

  /** The entries in order, sorted. */
  List<String> entries() {
    return entries;
  }

  /** One row per list of findings; an entry that did not occur is left out. */
  FloatMatrix rows(List<List<ImageFinding>> findings) {
    float[] values = new float[findings.size() * entries.size()];
    for (int row = 0; row < findings.size(); row++) {
      Set<String> present = entries(findings.get(row));
      for (int entry = 0; entry < entries.size(); entry++) {
        values[row * entries.size() + entry] = present.contains(entries.get(entry)) ? 1 : 0;
      }
    }
    return new FloatMatrix(findings.size(), entries.size(), values);
  }

  private static Set<String> entries(List<ImageFinding> findings) {
    Set<String> present = new TreeSet<>();
    List<ImageFinding> stated = new ArrayList<>(findings);
    stated.removeIf(LabelVectors::isNone);
    for (ImageFinding finding : stated) {
      String label = normalised(finding.label());
      present.add(label);
      finding.locations().forEach(location -> present.add(label + " @ " + normalised(location)));
    }
    return present.isEmpty() ? Set.of(NO_FINDING) : present;
  }

  private static boolean isNone(ImageFinding finding) {
    String label = normalised(finding.label());
    return label.equals(NO_FINDING) || label.equals("normal");
  }

  private static String normalised(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
