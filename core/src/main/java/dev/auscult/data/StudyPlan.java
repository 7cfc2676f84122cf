package dev.auscult.data;

import dev.auscult.base.InputException;
import dev.auscult.base.Seed;
import dev.auscult.data.IterativeStratification.Example;
import dev.auscult.data.StudySplits.Design;
import dev.auscult.data.StudySplits.HeldOut;
import dev.auscult.data.StudySplits.Published;
import dev.auscult.data.StudySplits.TrainingSplit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Plans {@link StudySplits}. */
final class StudyPlan {
  private final List<Sample> samples;
  private final Map<String, ? extends Set<String>> labels;
  private final Design design;
  private final Seed seed;

  StudyPlan(
      List<Sample> samples, Map<String, ? extends Set<String>> labels, Design design, Seed seed) {
    this.samples =
        samples.stream().filter(sample -> !labelsOf(labels, sample.id()).isEmpty()).toList();
    this.labels = labels;
    this.design = design;
    this.seed = seed;
  }

  private static Set<String> labelsOf(Map<String, ? extends Set<String>> labels, String id) {
    Set<String> of = labels.get(id);
    return of == null ? Set.of() : of;
  }

  StudySplits plan() {
    List<Group> groups =
        SampleGroups.of(samples).stream()
            .map(members -> group(members))
            .sorted(Comparator.comparing(Group::key))
            .toList();
    List<Group> tested =
        design.test() instanceof HeldOut held ? heldOut(groups, held) : published(groups);
    List<Group> pool = groups.stream().filter(group -> !tested.contains(group)).toList();
    refuseEmpty(tested, "test");
    refuseEmpty(pool, "training");
    List<TrainingSplit> training = new ArrayList<>();
    for (double fraction : design.fractions()) {
      for (int repetition = 1; repetition <= design.repetitions(); repetition++) {
        training.add(trainingSplit(pool, fraction, repetition));
      }
    }
    return new StudySplits(ids(tested), ids(pool), training);
  }

  /**
   * Samples that stay together.
   *
   * @param key the first id in alphabetical order
   */
  private record Group(String key, Set<String> ids, boolean tested, Example example) {}

  private Group group(List<Sample> members) {
    Set<String> ids = new HashSet<>();
    members.forEach(sample -> ids.add(sample.id()));
    boolean tested =
        members.stream().anyMatch(sample -> sample.split().filter("test"::equals).isPresent());
    return new Group(
        ids.stream().min(String::compareTo).orElseThrow(),
        ids,
        tested,
        new Example(ids.size(), StudySplits.counts(ids, labels)));
  }

  private List<Group> heldOut(List<Group> groups, HeldOut held) {
    return dealt(groups, held.share(), seed.derive("test"));
  }

  /** The groups that stratification deals to the first of two subsets. */
  private static List<Group> dealt(List<Group> groups, double share, Seed seed) {
    List<Integer> subsets =
        IterativeStratification.deal(
            groups.stream().map(Group::example).toList(), List.of(share, 1 - share), seed);
    List<Group> first = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      if (subsets.get(i) == 0) {
        first.add(groups.get(i));
      }
    }
    return first;
  }

  /** Whoever has an image in the published test split is tested with all images. */
  private static List<Group> published(List<Group> groups) {
    return groups.stream().filter(Group::tested).toList();
  }

  private void refuseEmpty(List<Group> groups, String side) {
    if (groups.isEmpty()) {
      throw new InputException(
          "the splits of the study",
          "no " + side + " sample among " + samples.size() + " that show a known combination",
          "at least one",
          design.test() instanceof Published
              ? "give the share to hold out instead of \"test: published\""
              : "check labels and prior, or hold out another share");
    }
  }

  private TrainingSplit trainingSplit(List<Group> pool, double fraction, int repetition) {
    Seed own = seed.derive("fraction " + fraction).derive(repetition);
    List<Group> chosen = new ArrayList<>(fraction == 1 ? pool : dealt(pool, fraction, own));
    int before = images(chosen);
    if (fraction < 1) {
      cover(chosen, pool);
    }
    List<String> notes = new ArrayList<>();
    if (images(chosen) > before) {
      notes.add(
          "%d images instead of %d, so that every combination has one"
              .formatted(images(chosen), before));
    }
    Set<String> absent = new HashSet<>(counts(samples(), labels).keySet());
    absent.removeAll(counts(ids(pool), labels).keySet());
    absent.stream()
        .sorted()
        .forEach(label -> notes.add("no image of \"" + label + "\" outside of the test set"));
    List<Group> validation = validation(chosen, own.derive("validation"));
    List<Group> fit = chosen.stream().filter(group -> !validation.contains(group)).toList();
    return new TrainingSplit(fraction, repetition, ids(fit), ids(validation), notes);
  }

  /** A stratified share, without which every label still has a sample to fit on. */
  private List<Group> validation(List<Group> chosen, Seed own) {
    if (design.validation() == 0) {
      return List.of();
    }
    List<Group> validation = new ArrayList<>();
    Map<String, Integer> left = counts(chosen);
    for (Group group : dealt(chosen, design.validation(), own)) {
      Map<String, Integer> labels = group.example().labels();
      if (labels.entrySet().stream()
          .allMatch(e -> left.getOrDefault(e.getKey(), 0) > e.getValue())) {
        validation.add(group);
        labels.forEach((label, n) -> left.merge(label, -n, Integer::sum));
      }
    }
    return validation;
  }

  private List<String> samples() {
    return samples.stream().map(Sample::id).toList();
  }

  private static Map<String, Integer> counts(
      List<String> ids, Map<String, ? extends Set<String>> labels) {
    return StudySplits.counts(ids, labels);
  }

  private static int images(Collection<Group> groups) {
    return groups.stream().mapToInt(group -> group.example().images()).sum();
  }

  /** Brings in a group of every label that is missing, and sends away one that is not needed. */
  private void cover(List<Group> chosen, List<Group> pool) {
    int wanted = images(chosen);
    for (String label : labels(pool)) {
      if (!labels(chosen).contains(label)) {
        pool.stream()
            .filter(group -> group.example().labels().containsKey(label))
            .min(Comparator.comparing((Group group) -> group.example().images()))
            .ifPresent(chosen::add);
      }
    }
    for (Optional<Group> spare = spare(chosen, images(chosen) - wanted);
        spare.isPresent();
        spare = spare(chosen, images(chosen) - wanted)) {
      chosen.remove(spare.get());
    }
  }

  /** A group of at most {@code surplus} images without which no label is lost. */
  private static Optional<Group> spare(List<Group> chosen, int surplus) {
    Map<String, Integer> counts = counts(chosen);
    return chosen.stream()
        .filter(group -> group.example().images() <= surplus)
        .filter(
            group ->
                group.example().labels().entrySet().stream()
                    .allMatch(e -> counts.getOrDefault(e.getKey(), 0) > e.getValue()))
        .max(Comparator.comparingInt(group -> leastLeft(group, counts)));
  }

  /** How many images of its scarcest label are left without a group. */
  private static int leastLeft(Group group, Map<String, Integer> counts) {
    return group.example().labels().entrySet().stream()
        .mapToInt(e -> counts.getOrDefault(e.getKey(), 0) - e.getValue())
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  private static Map<String, Integer> counts(List<Group> groups) {
    Map<String, Integer> counts = new TreeMap<>();
    groups.forEach(
        group ->
            group.example().labels().forEach((label, n) -> counts.merge(label, n, Integer::sum)));
    return counts;
  }

  private static Set<String> labels(List<Group> groups) {
    return counts(groups).keySet();
  }

  private List<String> ids(List<Group> groups) {
    Set<String> chosen = new HashSet<>();
    groups.forEach(group -> chosen.addAll(group.ids()));
    return samples.stream().map(Sample::id).filter(chosen::contains).toList();
  }
}
