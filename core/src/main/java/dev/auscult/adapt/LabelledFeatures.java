package dev.auscult.adapt;

import dev.auscult.base.InputException;
import dev.auscult.data.LabelMode;
import dev.auscult.tensor.FloatMatrix;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Embedded images with what they show.
 *
 * @param ids unique names of the samples
 * @param images unit rows {@code [n, d]}
 * @param labels for each sample the indices of its combinations, ascending
 * @param groups whom each sample shows: samples of one patient never part in a split
 */
public record LabelledFeatures(
    List<String> ids, FloatMatrix images, List<List<Integer>> labels, List<String> groups) {
  private static final double UNIT = 1e-3;

  /**
   * Copies the lists.
   *
   * @throws InputException if a row is not finite or not of unit length, naming the sample
   */
  public LabelledFeatures {
    ids = List.copyOf(ids);
    labels = labels.stream().map(of -> of.stream().distinct().sorted().toList()).toList();
    groups = List.copyOf(groups);
    if (images.rows() != ids.size() || labels.size() != ids.size() || groups.size() != ids.size()) {
      throw new IllegalArgumentException(
          "%d ids, %d images, %d labels, %d groups"
              .formatted(ids.size(), images.rows(), labels.size(), groups.size()));
    }
    for (int row = 0; row < images.rows(); row++) {
      requireUnit(ids.get(row), images, row);
    }
  }

  private static void requireUnit(String id, FloatMatrix images, int row) {
    double square = images.dot(row, images, row);
    if (!(Math.abs(square - 1) < UNIT)) {
      throw new InputException(
          "the embedding of sample " + id,
          Double.isFinite(square) ? "length " + Math.sqrt(square) : "numbers that are not finite",
          "a vector of length 1",
          "embed the image again, or leave the sample out");
    }
  }

  /** The number of samples. */
  public int size() {
    return ids.size();
  }

  /** The dimension of the embeddings. */
  public int dimension() {
    return images.columns();
  }

  /** The samples at these rows, in this order. */
  public LabelledFeatures rows(List<Integer> rows) {
    float[] values = new float[rows.size() * dimension()];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(images.row(rows.get(i)), 0, values, i * dimension(), dimension());
    }
    return new LabelledFeatures(
        rows.stream().map(ids::get).toList(),
        new FloatMatrix(rows.size(), dimension(), values),
        rows.stream().map(labels::get).toList(),
        rows.stream().map(groups::get).toList());
  }

  /** How many samples have each of {@code count} labels. */
  int[] frequencies(int count) {
    int[] frequencies = new int[count];
    labels.forEach(of -> of.forEach(label -> frequencies[label]++));
    return frequencies;
  }

  /** The labels of each sample. */
  int[][] labelArrays() {
    return labels.stream()
        .map(of -> of.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  /**
   * Checks that the samples carry labels of a hierarchy.
   *
   * @param side what they are for, e.g. {@code training}, for messages
   * @throws InputException naming the first sample whose label is unknown or whose number of labels
   *     is not what {@code mode} allows
   */
  void requireLabels(LabelHierarchy hierarchy, LabelMode mode, String side) {
    for (int i = 0; i < size(); i++) {
      List<Integer> of = labels.get(i);
      String subject = "%s sample %s".formatted(side, ids.get(i));
      if (of.stream().anyMatch(label -> label < 0 || label >= hierarchy.size())) {
        throw new InputException(
            subject,
            "label number " + of,
            "0 to " + (hierarchy.size() - 1),
            "add the label to the class-concept prior, or leave the sample out");
      }
      if (mode == LabelMode.EXCLUSIVE && of.size() != 1) {
        throw new InputException(
            subject,
            of.size() + " labels",
            "exactly one",
            "label it, leave it out, or train with several labels per sample");
      }
    }
  }

  /**
   * Checks that there is something to learn: samples that differ in their labels.
   *
   * @param subject what holds the samples, for messages
   * @throws InputException if no sample has a label, or all have the same
   */
  public void requireContrast(LabelHierarchy hierarchy, LabelMode mode, String subject) {
    int[] frequencies = frequencies(hierarchy.size());
    List<String> present =
        IntStream.range(0, frequencies.length)
            .filter(label -> frequencies[label] > 0)
            .mapToObj(hierarchy.names()::get)
            .toList();
    boolean contrast = labels.stream().distinct().count() > 1;
    if (present.isEmpty() || !contrast || (mode == LabelMode.EXCLUSIVE && present.size() < 2)) {
      throw new InputException(
          subject,
          "%d samples of %s"
              .formatted(
                  size(), present.isEmpty() ? "no label" : "one label only: " + present.get(0)),
          "samples that differ in their labels",
          "add samples of another class, or check the label column");
    }
  }

  /**
   * Checks that no patient is on two sides of a split.
   *
   * @param sides by name, e.g. training, validation and test
   * @throws InputException saying how many are; a message may reach a log and names nobody
   */
  public static void requireDisjoint(Map<String, LabelledFeatures> sides) {
    Map<String, Set<String>> sidesOf = new HashMap<>();
    sides.forEach(
        (side, features) ->
            features
                .groups()
                .forEach(group -> sidesOf.computeIfAbsent(group, g -> new HashSet<>()).add(side)));
    long shared = sidesOf.values().stream().filter(of -> of.size() > 1).count();
    if (shared > 0) {
      throw new InputException(
          "the split",
          shared + " patients on two sides",
          "each patient on one side only",
          "correct the split column, or leave it out to split by patient");
    }
  }

  /** The rows of the samples that have at least one label. */
  List<Integer> labelled() {
    return IntStream.range(0, size()).filter(i -> !labels.get(i).isEmpty()).boxed().toList();
  }
}
