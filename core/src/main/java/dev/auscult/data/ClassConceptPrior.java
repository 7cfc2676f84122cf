package dev.auscult.data;

import dev.auscult.base.InputException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is known of a task before any training: which concepts describe which classes, and how each
 * valid combination of both is worded (SCALE, section 2.2). Combinations, classes and concepts are
 * numbered from 0 in the order of the file; only valid pairs of class and concept are combinations.
 *
 * <p>The paper's symbols: {@code h} is a combination, {@code c} a class, {@code l} a concept;
 * {@code L_c} is {@link #combinationsOfClass}, {@code C_l} {@link #combinationsOfConcept}.
 */
public final class ClassConceptPrior {
  private final String name;
  private final LabelMode labelMode;
  private final Optional<String> noFinding;
  private final CombinationSource source;
  private final List<Combination> combinations;
  private final List<String> classes;
  private final List<String> concepts;

  ClassConceptPrior(
      String name,
      LabelMode labelMode,
      Optional<String> noFinding,
      CombinationSource source,
      List<Combination> combinations) {
    this.name = name;
    this.labelMode = labelMode;
    this.noFinding = noFinding;
    this.source = source;
    this.combinations = List.copyOf(combinations);
    this.classes = combinations.stream().map(Combination::className).distinct().toList();
    this.concepts = combinations.stream().map(Combination::concept).distinct().toList();
  }

  /**
   * The tasks of a prior that ships ({@code derm7pt}, {@code padchest-gr}) or of a YAML file.
   *
   * @throws InputException naming the key at fault
   */
  public static List<ClassConceptPrior> open(String nameOrFile) {
    if (PriorFile.SHIPPED.contains(nameOrFile)) {
      return PriorFile.shipped(nameOrFile);
    }
    try {
      return PriorFile.read(Path.of(nameOrFile));
    } catch (InvalidPathException e) {
      throw new InputException(
          "prior " + nameOrFile,
          "a path that cannot exist",
          "one of " + String.join(", ", PriorFile.SHIPPED) + ", or a YAML file",
          "correct it",
          e);
    }
  }

  /**
   * The tasks of the text of a YAML file.
   *
   * @param file what messages call it
   * @throws InputException naming the key at fault
   */
  public static List<ClassConceptPrior> parse(String yaml, String file) {
    return PriorFile.parse(yaml, file);
  }

  /** The task, e.g. {@code pigmentation}. */
  public String name() {
    return name;
  }

  /** Whether an image shows one combination or several. */
  public LabelMode labelMode() {
    return labelMode;
  }

  /** The prompt for none of the combinations, e.g. {@code No finding.} */
  public Optional<String> noFinding() {
    return noFinding;
  }

  /** How many combinations there are. */
  public int size() {
    return combinations.size();
  }

  /** All combinations. */
  public List<Combination> combinations() {
    return combinations;
  }

  /** All classes. */
  public List<String> classes() {
    return classes;
  }

  /** All concepts. */
  public List<String> concepts() {
    return concepts;
  }

  /** The canonical prompt of each combination. */
  public List<String> prompts() {
    return combinations.stream().map(Combination::prompt).toList();
  }

  /** The class of a combination. */
  public int classOf(int combination) {
    return classes.indexOf(combinations.get(combination).className());
  }

  /** The concept of a combination. */
  public int conceptOf(int combination) {
    return concepts.indexOf(combinations.get(combination).concept());
  }

  /** The combinations of a class, ascending. */
  public List<Integer> combinationsOfClass(int classIndex) {
    Objects.checkIndex(classIndex, classes.size());
    return where(combination -> classOf(combination) == classIndex);
  }

  /** The combinations of a concept, ascending. */
  public List<Integer> combinationsOfConcept(int concept) {
    Objects.checkIndex(concept, concepts.size());
    return where(combination -> conceptOf(combination) == concept);
  }

  private List<Integer> where(IntPredicate condition) {
    return IntStream.range(0, size()).filter(condition).boxed().toList();
  }

  /**
   * The combinations that a sample shows; empty if the prior knows none of its labels.
   *
   * @throws InputException if labels are exclusive and the sample shows several
   */
  public SortedSet<Integer> combinationsOf(Sample sample) {
    SortedSet<Integer> shown =
        where(combination -> source.shows(sample, combinations.get(combination))).stream()
            .collect(Collectors.toCollection(TreeSet::new));
    if (labelMode == LabelMode.EXCLUSIVE && shown.size() > 1) {
      throw new InputException(
          "sample " + sample.id(),
          shown.size() + " combinations of " + name,
          "one, since its labels are exclusive",
          "correct the labels, or say \"labels: multiple\" in the prior");
    }
    return shown;
  }
}
