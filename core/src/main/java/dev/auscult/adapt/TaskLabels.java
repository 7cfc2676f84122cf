package dev.auscult.adapt;

import dev.auscult.adapt.LabelHierarchy.Member;
import dev.auscult.base.InputException;
import dev.auscult.data.ClassConceptPrior;
import dev.auscult.data.Dataset;
import dev.auscult.data.ImageFinding;
import dev.auscult.data.LabelMode;
import dev.auscult.data.Sample;
import dev.auscult.text.PromptTemplates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which labels a task has, how they are worded, and which of them a sample shows. */
public final class TaskLabels {
  private static final String NO_CONCEPT = "none";

  private final String name;
  private final LabelHierarchy hierarchy;
  private final LabelMode mode;
  private final ClassPrompts prompts;
  private final Function<Sample, Optional<List<Integer>>> labelsOf;

  private TaskLabels(
      String name,
      LabelHierarchy hierarchy,
      LabelMode mode,
      ClassPrompts prompts,
      Function<Sample, Optional<List<Integer>>> labelsOf) {
    this.name = name;
    this.hierarchy = hierarchy;
    this.mode = mode;
    this.prompts = prompts;
    this.labelsOf = labelsOf;
  }

  /**
   * The labels of a class-concept prior, in its words. Where labels exclude each other, a sample
   * that shows none of them takes no part.
   */
  public static TaskLabels of(ClassConceptPrior prior) {
    List<List<String>> prompts =
        prior.combinations().stream()
            .map(
                combination ->
                    Stream.concat(Stream.of(combination.prompt()), combination.synonyms().stream())
                        .toList())
            .toList();
    return new TaskLabels(
        prior.name(),
        LabelHierarchy.of(prior),
        prior.labelMode(),
        ClassPrompts.of(prompts, prior.noFinding().orElse(ClassPrompts.NO_FINDING)),
        sample -> {
          List<Integer> shown = List.copyOf(prior.combinationsOf(sample));
          return shown.isEmpty() && prior.labelMode() == LabelMode.EXCLUSIVE
              ? Optional.empty()
              : Optional.of(shown);
        });
  }

  /**
   * The labels that occur in a data set: its classes, each with its concepts where samples have
   * them. Samples without a label take no part. If a sample has several findings, labels do not
   * exclude each other.
   *
   * @param templates into which class and concept are filled
   * @throws InputException if there are fewer than two
   */
  public static TaskLabels of(Dataset data, PromptTemplates templates) {
    TreeSet<List<String>> pairs = new TreeSet<>(TaskLabels::compare);
    boolean several = false;
    for (Sample sample : data.samples()) {
      pairs.addAll(pairs(sample));
      several |= sample.findings().size() > 1;
    }
    if (pairs.isEmpty()) {
      throw new InputException(
          data.name(),
          "no sample with a label",
          "samples with labels",
          "add a column label (and concept) to the manifest, or name a prior with --prior");
    }
    List<List<String>> combinations = List.copyOf(pairs);
    if (combinations.size() == 1) {
      throw new InputException(
          data.name(),
          "one label only: " + combinations.get(0).get(0),
          "at least two to tell apart",
          "add samples of another class, or name a prior with --prior");
    }
    List<String> classes = combinations.stream().map(pair -> pair.get(0)).distinct().toList();
    List<String> concepts = combinations.stream().map(pair -> pair.get(1)).distinct().toList();
    List<Member> members = new ArrayList<>();
    List<List<String>> prompts = new ArrayList<>();
    for (List<String> pair : combinations) {
      String words = pair.get(1).equals(NO_CONCEPT) ? pair.get(0) : String.join(" ", pair);
      members.add(new Member(words, classes.indexOf(pair.get(0)), concepts.indexOf(pair.get(1))));
      prompts.add(templates.prompts(words));
    }
    return new TaskLabels(
        data.name(),
        new LabelHierarchy(classes, concepts, members),
        several ? LabelMode.MULTIPLE : LabelMode.EXCLUSIVE,
        ClassPrompts.of(prompts, ClassPrompts.NO_FINDING),
        sample -> {
          List<Integer> shown = pairs(sample).stream().map(combinations::indexOf).toList();
          return shown.isEmpty() ? Optional.empty() : Optional.of(shown);
        });
  }

  private static int compare(List<String> a, List<String> b) {
    int byClass = a.get(0).compareTo(b.get(0));
    return byClass != 0 ? byClass : a.get(1).compareTo(b.get(1));
  }

  private static List<List<String>> pairs(Sample sample) {
    return sample.findings().stream().flatMap(TaskLabels::pairs).distinct().toList();
  }

  private static Stream<List<String>> pairs(ImageFinding finding) {
    return finding.locations().isEmpty()
        ? Stream.of(List.of(finding.label(), NO_CONCEPT))
        : finding.locations().stream().map(location -> List.of(finding.label(), location));
  }

  /** The task, or the data set it comes from. */
  public String name() {
    return name;
  }

  /** What is told apart. */
  public LabelHierarchy hierarchy() {
    return hierarchy;
  }

  /** How many labels a sample may have. */
  public LabelMode mode() {
    return mode;
  }

  /** How the labels are worded. */
  public ClassPrompts prompts() {
    return prompts;
  }

  /** The combinations that a sample shows; nothing if it takes no part. */
  Optional<List<Integer>> of(Sample sample) {
    return labelsOf.apply(sample);
  }
}
