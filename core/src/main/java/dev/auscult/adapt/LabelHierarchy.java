package dev.auscult.adapt;

import dev.auscult.base.InputException;
import dev.auscult.data.ClassConceptPrior;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which class and which concept each class-concept combination belongs to (SCALE, section 2.2). The
 * combinations are the labels that are learnt and predicted: only those that exist, not all of
 * {@code C * L}.
 *
 * @param classes names, e.g. {@code pleural effusion}
 * @param concepts names, e.g. {@code left pleural}
 * @param combinations in the order of scores and predictions
 */
public record LabelHierarchy(
    List<String> classes, List<String> concepts, List<Member> combinations) {
  private static final String NO_CONCEPT = "any";

  /**
   * A combination's place.
   *
   * @param name how data and predictions call it, e.g. {@code pleural effusion left pleural}
   * @param classIndex in {@link LabelHierarchy#classes}
   * @param conceptIndex in {@link LabelHierarchy#concepts}
   */
  public record Member(String name, int classIndex, int conceptIndex) {}

  /** Copies and checks the lists. */
  public LabelHierarchy {
    classes = List.copyOf(classes);
    concepts = List.copyOf(concepts);
    combinations = List.copyOf(combinations);
    if (combinations.size() < 2) {
      throw new InputException(
          "labels",
          combinations.isEmpty() ? "none" : "only \"" + combinations.get(0).name() + "\"",
          "at least two to tell apart",
          "add the label of the samples that do not have it, e.g. \"normal\"");
    }
    requireIndices(combinations, classes.size(), concepts.size());
  }

  private static void requireIndices(List<Member> combinations, int classes, int concepts) {
    HashSet<String> names = new HashSet<>();
    for (Member member : combinations) {
      if (member.classIndex() < 0
          || member.classIndex() >= classes
          || member.conceptIndex() < 0
          || member.conceptIndex() >= concepts) {
        throw new IllegalArgumentException(
            "%s among %d classes and %d concepts".formatted(member, classes, concepts));
      }
      if (!names.add(member.name())) {
        throw new InputException(
            "labels", "\"" + member.name() + "\" twice", "each label once", "remove one of them");
      }
    }
  }

  /**
   * Labels without concepts: each is a class of its own, and one concept holds all, so that SCALE's
   * term for concepts vanishes.
   */
  public static LabelHierarchy flat(List<String> labels) {
    return new LabelHierarchy(
        labels,
        List.of(NO_CONCEPT),
        IntStream.range(0, labels.size())
            .mapToObj(label -> new Member(labels.get(label), label, 0))
            .toList());
  }

  /** The combinations of a class-concept prior. */
  public static LabelHierarchy of(ClassConceptPrior prior) {
    return new LabelHierarchy(
        prior.classes(),
        prior.concepts(),
        IntStream.range(0, prior.size())
            .mapToObj(
                index ->
                    new Member(
                        prior.combinations().get(index).name(),
                        prior.classOf(index),
                        prior.conceptOf(index)))
            .toList());
  }

  /** The number of combinations. */
  public int size() {
    return combinations.size();
  }

  /** The names of the combinations. */
  public List<String> names() {
    return combinations.stream().map(Member::name).toList();
  }

  /** The class of each combination. */
  int[] classOf() {
    return combinations.stream().mapToInt(Member::classIndex).toArray();
  }

  /** The concept of each combination. */
  int[] conceptOf() {
    return combinations.stream().mapToInt(Member::conceptIndex).toArray();
  }
}
